"""The company, its people, teams, inboxes and working hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("ru", "Русский"), ("pl", "Polski"), ("en", "English")]


class Hours(models.Model):
    """When the company works: `weekly` maps `mon`..`sun` to lists of shifts such as `09:00-17:00`, in a zone.

    `calendar` is one of the engine's (`pl`, `ru`, ...) and decides the holidays; `closed` are ISO dates of further
    days off.
    """

    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=60, default="Europe/Warsaw")
    calendar = models.CharField(max_length=20, default="pl")
    weekly = models.JSONField(default=dict)
    closed = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class Company(models.Model):
    """The one company of an installation; `names` gives its name in each language, `jurisdictions` rows of law."""

    name = models.CharField(max_length=120)
    names = models.JSONField(default=dict)
    installation = models.CharField(max_length=40, unique=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    hours = models.ForeignKey(Hours, on_delete=models.PROTECT, related_name="+")
    jurisdictions = models.JSONField(default=list)
    statutes = models.JSONField(default=list)  # ids of statutory clocks that run, of zgoda's clock rows
    acknowledge_minutes = models.PositiveIntegerField(default=30)
    answer_minutes = models.PositiveIntegerField(default=480)
    remind_minutes = models.PositiveIntegerField(default=30)  # before a promise falls due
    undo_seconds = models.PositiveIntegerField(default=10)
    abuse_minutes = models.PositiveIntegerField(default=20)  # a day, after which rest is offered

    class Meta:
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """The company's name as customers of a language know it."""
        return str(self.names.get(language) or self.name)


class Role(models.TextChoices):
    """What a person may do: answer, lead teams, or head the company."""

    AGENT = "agent", _("Agent")
    LEAD = "lead", _("Team lead")
    HEAD = "head", _("Head")


class PersonManager(BaseUserManager["Person"]):
    """Makes people; their address is their login and is compared in lower case, by its bytes (T23)."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person of an address."""
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **more: Any) -> Person:
        """A new person; without a password he cannot log in until he sets one by his invitation."""
        person = self.model(email=email.strip().lower(), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who works at the desk; `gender` is the form used of him in phrases, empty where none was told."""

    GENDERS = [("", _("not told")), ("f", _("feminine")), ("m", _("masculine"))]

    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(_("name"), max_length=80)
    names = models.JSONField(default=dict)  # the name in other scripts: {"ru": "Нина Вольская"}
    gender = models.CharField(max_length=1, choices=GENDERS, blank=True, default="")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.AGENT)
    specialist = models.BooleanField(default=False)  # may take over conversations from the ladder
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    theme = models.CharField(max_length=5, blank=True, default="")
    single_keys = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    available = models.BooleanField(default=True)
    absent_until = models.DateTimeField(null=True, blank=True)
    shift = models.ForeignKey(Hours, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    feed_key = models.CharField(max_length=64, blank=True, default="")  # digest of the calendar feed's key
    session_key = models.CharField(
        max_length=32, blank=True, default=""
    )  # a new one ends every session but the present
    joined_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering = ("name", "id")
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """The name in the script of a language."""
        return str(self.names.get(language) or self.name)

    def get_session_auth_hash(self) -> str:
        """What a session must hold to be his: it changes with the password and with `session_key`."""
        return f"{super().get_session_auth_hash()}{self.session_key}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the earlier keys of the installation."""
        for older in super().get_session_auth_fallback_hash():
            yield f"{older}{self.session_key}"

    @property
    def is_lead(self) -> bool:
        """Whether he leads or heads."""
        return self.role in (Role.LEAD, Role.HEAD)

    @property
    def is_head(self) -> bool:
        """Whether he heads the company."""
        return self.role == Role.HEAD


class Team(models.Model):
    """People who answer the same inboxes."""

    name = models.CharField(max_length=80, unique=True)
    members: models.ManyToManyField[Person, Any] = models.ManyToManyField(Person, related_name="teams", blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Inbox(models.Model):
    """A place where messages come in, answered by one team; acknowledgement by itself only where switched on."""

    name = models.CharField(max_length=80, unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="inboxes")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    hours = models.ForeignKey(Hours, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    auto_acknowledge = models.BooleanField(default=False)
    acknowledge_minutes = models.PositiveIntegerField(null=True, blank=True)
    answer_minutes = models.PositiveIntegerField(null=True, blank=True)
    signature = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("name", "id")
        verbose_name_plural = "inboxes"

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link by which a new person comes in, once, within its days (T24); the link itself is not kept.

    With a `person` it is the link by which somebody who is here sets a new password.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=80, blank=True, default="")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.AGENT)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    teams: models.ManyToManyField[Team, Any] = models.ManyToManyField(Team, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.email} until {self.expires_at:%Y-%m-%d}"
