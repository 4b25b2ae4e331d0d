"""The platform's own pages, outside every partnership."""

from django.urls import path

from config import views

urlpatterns = [
    path("", views.partnerships, name="partnerships"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("healthz", views.healthz, name="healthz"),
    path("mailbox/", views.mailbox, name="mailbox"),  # local only
    path("mailbox/<str:name>/", views.mail, name="mail"),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
