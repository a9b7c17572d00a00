"""The only door through which rows of histories leave: two functions of the owner of the tables.

They look for a tombstone confirmed in the very transaction, touch only rows that name one of its people (where the table
names people at all), and switch off the guards of that one table for that one statement. The application has no right
to switch guards off itself.
"""

from django.db import migrations

CHECK = """
    SELECT people INTO chosen FROM foundation_tombstone t
    WHERE t.id = tombstone AND t.confirmed_at = transaction_timestamp() AND t.refused_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no destruction was confirmed in this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF tbl !~ '^[a-z_]+$' OR tbl ~ '^(foundation|auth|django|accounts|organization|procrastinate)_' THEN
        RAISE EXCEPTION 'rows of % are not destroyed', tbl USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR owned IN SELECT attname FROM pg_attribute WHERE attrelid = tbl::regclass AND attname = 'person_id' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I r WHERE r.id = ANY($1) AND NOT (' || claim || '))', tbl)
            INTO strange USING ids, chosen;
        IF strange THEN
            RAISE EXCEPTION 'rows of somebody else in %', tbl USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    SELECT coalesce(array_agg(tgname), '{}') INTO guards FROM pg_trigger
    WHERE tgrelid = tbl::regclass AND NOT tgisinternal AND tgenabled <> 'D' AND tgname LIKE 'pgtrigger%';
    FOREACH guard IN ARRAY guards LOOP
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER %I', tbl, guard);
    END LOOP;
"""
AFTER = """
    FOREACH guard IN ARRAY guards LOOP
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER %I', tbl, guard);
    END LOOP;
    RETURN done;
END $$;
"""
CLAIM = """
    claim := '$2 @> to_jsonb(r.person_id)'
        || CASE WHEN EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = tbl::regclass AND attname = 'relative_id')
                THEN ' OR $2 @> to_jsonb(r.relative_id)' ELSE '' END
        || CASE WHEN EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = tbl::regclass AND attname = 'other_id')
                THEN ' OR $2 @> to_jsonb(r.other_id)' ELSE '' END;
"""
HEAD = """
CREATE FUNCTION {name} RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    chosen jsonb; owned name; strange boolean; guard name; guards name[]; done bigint; claim text;
BEGIN
"""
EXPUNGE = (
    HEAD.format(name="foundation_expunge(tombstone bigint, tbl text, ids bigint[])")
    + CLAIM
    + CHECK
    + """
    EXECUTE format('DELETE FROM %I WHERE id = ANY($1)', tbl) USING ids;
    GET DIAGNOSTICS done = ROW_COUNT;
"""
    + AFTER
)
BLANK = (
    HEAD.format(name="foundation_blank(tombstone bigint, tbl text, col text, ids bigint[], words text)")
    + CLAIM
    + CHECK
    + """
    EXECUTE format('UPDATE %I SET %I = replace($2, ''{id}'', id::text) WHERE id = ANY($1)', tbl, col) USING ids, words;
    GET DIAGNOSTICS done = ROW_COUNT;
"""
    + AFTER
)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0005_tombstone")]
    operations = [
        migrations.RunSQL(EXPUNGE, "DROP FUNCTION foundation_expunge(bigint, text, bigint[])"),
        migrations.RunSQL(BLANK, "DROP FUNCTION foundation_blank(bigint, text, text, bigint[], text)"),
    ]
