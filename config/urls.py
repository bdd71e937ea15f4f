"""Keel's addresses; people bookmark them, so they stay put."""

from django.urls import include, path

from apps.core.staff import staff_site

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("account/", include("apps.accounts.urls")),
    path("account/", include("apps.datarights.urls")),
    path("admin/", staff_site.urls),
    path("", include("apps.journal.urls")),
    path("values/", include("apps.values.urls")),
    path("coping/", include("apps.coping.urls")),
    path("insights/", include("apps.insights.urls")),
    path("", include("apps.supervision.urls")),
    path("reports/", include("apps.reports.urls")),
    path("", include("apps.home.urls")),
]

handler400 = "apps.home.errors.bad_request"
handler403 = "apps.home.errors.permission_denied"
handler404 = "apps.home.errors.page_not_found"
handler500 = "apps.home.errors.server_error"
