"""Every address of the program."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from hientai.site import views
from hientai.site.api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("dang-nhap/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    path("ngon-ngu/", views.choose_language, name="set_language"),
    path("api/v1/", api.urls),
    path("thu-vien/", include("hientai.site.gallery.urls")),
    path("", include("hientai.apps.accounts.urls")),
    path("", include("hientai.apps.organization.urls")),
    path("", include("hientai.apps.cadres.urls")),
    path("", include("hientai.apps.procedures.urls")),
    path("", include("hientai.apps.consultations.urls")),
    path("", include("hientai.apps.regulations.urls")),
    path("", include("hientai.apps.dossiers.urls")),
    path("", include("hientai.apps.integrity.urls")),
    path("", include("hientai.apps.planning.urls")),
    path("", include("hientai.apps.screening.urls")),
    path("", include("hientai.apps.workforce.urls")),
    path("", include("hientai.apps.reorganisation.urls")),
    path("", include("hientai.apps.exchange.urls")),
    path("", include("hientai.apps.reports.urls")),
]
