"""The pages of a partnership. The middleware has removed the prefix, so they are the same for each.

An app's list goes where its highest noun lives: "my learning" shows everything, so it belongs to competencies.
"""

from django.urls import include, path

from config import views

urlpatterns = [
    path("accounts/", include("partnerships.account_urls")),
    path("", include("partnerships.urls")),
    path("", include("courses.urls")),
    path("", include("bookings.urls")),
    path("", include("finance.urls")),
    path("", include("evaluation.urls")),
    path("", include("competencies.urls")),
    path("manage/", include("config.manage_urls")),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
