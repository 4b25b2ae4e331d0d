"""A person's sign-in, the same in every partnership."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import CharField, F, Func, OrderBy, Value
from django.db.models.functions import Lower
from django.utils import timezone

from tenancy.models.typed import Typed

if TYPE_CHECKING:
    from partnerships.models.people import Membership


class UserManager(BaseUserManager["User"]):
    """Makes users; addresses are kept in lower case so that one person has one account."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


def by_family_name(path: str) -> tuple[OrderBy, ...]:
    """Order of lists that are read out or signed: by the last word of a full name, then by all of it."""
    last_word = Func(
        F(path), Value(r"^.*\s"), Value(""), function="regexp_replace", output_field=CharField()
    )
    return Lower(last_word).asc(), F(path).asc()


class User(Typed, AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in. Their memberships, one per partnership, say what they can do.

    ``is_staff`` and ``is_superuser`` apply to the platform only and give no access to any partnership.
    """

    email = models.EmailField("email address", max_length=254, unique=True)
    full_name = models.CharField(max_length=150)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    # Membership of the active partnership, where the sign-in has read it together with the person.
    here: Membership | None = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            # Also for writes that bypass the model: names go into email headers.
            models.CheckConstraint(
                condition=~models.Q(full_name__regex=r"[\u0001-\u001f\u007f]"),
                name="user_name_is_one_line",
                violation_error_message="Full name must be on one line.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0] if self.full_name else self.email
