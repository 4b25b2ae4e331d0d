"""Addresses of this app."""

from django.urls import URLPattern, path

from partnerships.views import account, account_events, home, joining, pending

urlpatterns: list[URLPattern] = [
    # For everyone
    path("", home.home, name="home"),
    path("theme.css", home.theme, name="theme"),
    # For everyone who is signed in
    path("after-sign-in/", account.after_sign_in, name="after_sign_in"),
    path("join/", joining.join, name="join"),
    path("account/", account.account, name="account"),
    path("account/name/", account.name, name="account_name"),
    path("account/activity/", account_events.own_events, name="own_events"),
    path("account/employments/<int:pk>/end/", account.end, name="end_employment"),
    # For administrators
    path("people/accounts/", account_events.account_events, name="account_events"),
    # For coordinators and agency leads
    path("people/pending/", pending.pending_people, name="pending_people"),
    path("people/pending/<int:pk>/confirm/", pending.confirm, name="confirm_person"),
    path("people/<int:pk>/group/", pending.group, name="set_group"),
    path("people/pending/<int:pk>/refuse/", pending.refuse, name="refuse_person"),
]
