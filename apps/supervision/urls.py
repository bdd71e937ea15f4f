from django.urls import path

from apps.supervision import views, views_reading, views_sharing, views_starting

app_name = "supervision"
urlpatterns = [
    path("sharing/", views_sharing.summary_list, name="summary_list"),
    path("sharing/new/", views_starting.summary_new, name="summary_new"),
    path("sharing/new/period/", views_starting.summary_new_period, name="summary_new_period"),
    path("sharing/new/agenda/", views_starting.summary_new_agenda, name="summary_new_agenda"),
    path("sharing/supervisors/", views.link_list, name="link_list"),
    path("sharing/supervisors/<uuid:pk>/confirm/", views.link_confirm, name="link_confirm"),
    path("sharing/<uuid:pk>/", views_sharing.summary_detail, name="summary_detail"),
    path("sharing/<uuid:pk>/edit/", views_sharing.summary_edit, name="summary_edit"),
    path("sharing/<uuid:pk>/preview/", views_sharing.summary_preview, name="summary_preview"),
    path("sharing/<uuid:pk>/take-back/", views_sharing.summary_take_back, name="summary_take_back"),
    path("sharing/<uuid:pk>/no-print/", views_sharing.summary_forbid_print, name="summary_forbid_print"),
    path("sharing/<uuid:pk>/shorten/", views_sharing.summary_shorten, name="summary_shorten"),
    path("sharing/<uuid:pk>/discard/", views_sharing.summary_discard, name="summary_discard"),
    path("supervision/", views_reading.shared_list, name="shared_list"),
    path("supervision/<uuid:pk>/", views_reading.shared_detail, name="shared_detail"),
    path("supervision/<uuid:pk>/answer/", views_reading.shared_answer, name="shared_answer"),
    path("supervision/links/<uuid:pk>/end/", views.link_end, name="link_end"),
    path("supervision/invited/<str:token>/", views.invitation_open, name="invitation_open"),
    path("supervision/invitation/<str:token>/", views.invitation_answer, name="invitation_answer"),
]
