"""What each role may do, one permission a line. Administrators run the machine and see no personnel content."""

from hientai.apps.accounts.types import Role

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.BOARD_OFFICER: frozenset(
        {
            "organization.read",
            "organization.write",
            "person.read",
            "person.read_own",
            "person.write",
            "workforce.read",
            "workforce.write",
            "workforce.assess",
            "reorganisation.write",
            "reorganisation.comment",
            "person.read_identity",
            "screening.run",
            "planning.read",
            "planning.write",
            "exchange.import",
            "exchange.export",
            "figures.check",
            "procedures.read",
            "procedures.act",
            "procedures.lead",
            "ballots.count",
            "ballots.close",
            "consultations.read",
            "consultations.lead",
            "consultations.answer",
            "dossiers.read",
            "dossiers.read_restricted",
            "dossiers.write",
            "declarations.read",
            "declarations.write",
            "dossiers.appraise",
            "integrity.read",
            "integrity.campaign",
            "integrity.sign_off",
            "record.propose",
            "record.confirm",
            "record.approve",
            "record.expunge",
            "planning.propose",
            "regulations.read",
            "regulations.write",
        }
    ),
    Role.APPRAISER: frozenset(
        {
            "organization.read",
            "person.read",
            "person.read_own",
            "regulations.read",
            "dossiers.read",
            "dossiers.read_restricted",
            "dossiers.read_secret",
            "dossiers.appraise",
        }
    ),
    Role.UNIT_HEAD: frozenset(
        {
            "organization.read",
            "person.read",
            "person.read_own",
            "screening.run",
            "planning.read",
            "workforce.read",
            "workforce.assess",
            "reorganisation.comment",
            "dossiers.read",
            "exchange.export",
            "figures.check",
            "integrity.read",
            "integrity.sign_off",
            "record.propose",
            "record.confirm",
            "regulations.read",
            "procedures.read",
            "procedures.act",
            "ballots.count",
            "consultations.read",
            "consultations.answer",
            "planning.propose",
        }
    ),
    Role.STAFF: frozenset(
        {
            "organization.read",
            "person.read_own",
            "figures.check",
            "ballots.count",
            "consultations.read",
            "regulations.read",
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            "organization.read",
            "accounts.manage",
        }
    ),
}
