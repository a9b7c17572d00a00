"""Registers the accounts capability."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hientai.apps.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        from hientai.apps.accounts.selectors import actor_of
        from hientai.foundation import registry

        registry.register_actor_factory(actor_of)
