"""What the frame of every page shows around its content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import quote

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from gongkai_web.accounts.models import Agency
from gongkai_web.portal import navigation, versions
from gongkai_web.portal.navigation import Link
from gongkai_web.portal.preferences import Display
from gongkai_web.portal.selectors.structure import Structure, site_name, structure


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes how pages are shown."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Site:
    """The frame. `code` is the 网站标识码 of the page's agency or of the platform."""

    name: str
    domain: str
    code: str
    owner: str
    contact: str
    display: Display
    choices: tuple[Choice, ...]
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    search: str
    home: str
    feed: str
    stylesheet: str
    icon: str


def frame(request: HttpRequest, *, agency: Agency | None = None, here: str = "") -> Site:
    """The frame of a page; asks the database at most for the tokens. `here` is where links that change how pages are
    shown lead back to, the request's own address when not given."""
    agencies = structure(versions.of_request(request).structure)
    return _site(
        agencies,
        domain=request.get_host(),
        display=Display.of(request),
        here=here or request.get_full_path(),
        agency=agency,
    )


def bare_frame() -> Site:
    """The frame of a page that must not ask anything of the database: it is what failed."""
    return _site(Structure(0, ()), domain="", display=Display(), here="/", agency=None)


def _site(agencies: Structure, *, domain: str, display: Display, here: str, agency: Agency | None) -> Site:
    root, addresses = agencies.root, _fixed_addresses()
    return Site(
        name=site_name(),
        domain=domain,
        code=agencies.site_code(agency),
        owner=root.name if root else "",
        contact=_contact(root),
        display=display,
        choices=_choices(display, here),
        navigation=navigation.links(navigation.MAIN),
        footer=navigation.links(navigation.FOOTER),
        search=navigation.search_address(),
        home=addresses["home"],
        feed=addresses["feed"],
        stylesheet=addresses["stylesheet"],
        icon=addresses["icon"],
    )


@cache
def _fixed_addresses() -> dict[str, str]:
    """Addresses that every page names; each costs more to resolve than to write."""
    return {
        "display": reverse("portal:display"),
        "home": reverse("portal:home"),
        "feed": reverse("portal:feed"),
        "stylesheet": static("portal/portal.css"),
        "icon": static("portal/seal.svg"),
    }


@lru_cache(maxsize=64)
def navigation_bar(section: str, *, within: bool) -> SafeString:
    """The main navigation, rendered once for each entry that can be marked."""
    context = {"entries": navigation.links(navigation.MAIN), "section": section, "within": within}
    return render_to_string("portal/components/navigation.html", context)


@lru_cache(maxsize=512)
def footer(owner: str, code: str, contact: str) -> SafeString:
    """The footer, rendered once for each owner and site code."""
    context = {"owner": owner, "code": code, "contact": contact, "entries": navigation.links(navigation.FOOTER)}
    return render_to_string("portal/components/footer.html", context)


def _contact(root: Agency | None) -> str:
    if root is None:
        return ""
    parts = (("地址：", root.address), ("电话：", root.phone), ("邮箱：", root.email))
    return "　".join(f"{label}{value}" for label, value in parts if value)


def _choices(display: Display, here: str) -> tuple[Choice, ...]:
    """Text size first; then the themes that are not in force."""
    size = ("normal", "标准字号") if display.large else ("large", "大字版")
    themes = {"": ("auto", "跟随系统"), "light": ("light", "浅色"), "dark": ("dark", "深色")}
    offered = [size, *(choice for theme, choice in themes.items() if theme != display.theme)]
    address, back = _fixed_addresses()["display"], quote(here, safe="/")
    return tuple(Choice(label, f"{address}?choice={value}&next={back}") for value, label in offered)
