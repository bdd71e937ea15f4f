"""Addresses of reports."""

from django.urls import path

from apps.reports import views, views_choosing
from apps.reports.cpd import views as cpd

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("new/", views.report_new, name="report_new"),
    path("new/period/", views_choosing.report_when, name="report_when"),
    path("new/period/<str:first>/<str:last>/", views_choosing.report_period, name="report_period"),
    path("new/<slug:kind>/", views_choosing.report_choose, name="report_choose"),
    path("summary/<uuid:pk>/", views.copy_make, name="copy_make"),
    path("cpd/", cpd.cpd_record, name="cpd_record"),
    path("cpd/new/", cpd.cpd_new, name="cpd_new"),
    path("cpd/<uuid:pk>/", cpd.cpd_detail, name="cpd_detail"),
    path("cpd/<uuid:pk>/change/", cpd.cpd_change, name="cpd_change"),
    path("cpd/<uuid:pk>/delete/", cpd.cpd_delete, name="cpd_delete"),
    path("<uuid:pk>/", views.report_detail, name="report_detail"),
    path("<uuid:pk>/download/", views.report_download, name="report_download"),
    path("<uuid:pk>/again/", views.report_again, name="report_again"),
    path("<uuid:pk>/erase/", views.report_erase, name="report_erase"),
]
