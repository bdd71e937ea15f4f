from django.urls import path

from apps.supervision import views, views_reading

app_name = "supervision"
urlpatterns = [
    path("sharing/supervisors/", views.link_list, name="link_list"),
    path("sharing/supervisors/<uuid:pk>/confirm/", views.link_confirm, name="link_confirm"),
    path("supervision/", views_reading.shared_list, name="shared_list"),
    path("supervision/links/<uuid:pk>/end/", views.link_end, name="link_end"),
    path("supervision/invitation/<str:token>/", views.invitation_answer, name="invitation_answer"),
]
