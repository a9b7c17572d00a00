"""Addresses of the composition root itself."""

urlpatterns = []
