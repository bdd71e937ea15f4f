"""Addresses of the coping library; `/coping/plans/` is the journal's."""

from django.urls import path

from apps.coping import views, views_own

app_name = "coping"
urlpatterns = [
    path("", views.strategy_list, name="strategy_list"),
    path("own/", views_own.own_list, name="own_list"),
    path("own/add/", views_own.own_add, name="own_add"),
    path("own/<uuid:pk>/", views_own.own_detail, name="own_detail"),
    path("own/<uuid:pk>/change/", views_own.own_change, name="own_change"),
    path("own/<uuid:pk>/delete/", views_own.own_delete, name="own_delete"),
    path("own/<uuid:pk>/suggest/", views_own.own_suggest, name="own_suggest"),
    path("suggested/<uuid:pk>/take-back/", views_own.suggested_take_back, name="suggested_take_back"),
    path("cards/", views.card_list, name="card_list"),
    path("<slug:slug>/", views.strategy_detail, name="strategy_detail"),
    path("<slug:slug>/favourite/", views.strategy_favourite, name="strategy_favourite"),
]
