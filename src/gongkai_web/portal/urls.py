"""Addresses of the portal. An item's address is its number and nothing that may change."""

from __future__ import annotations

from django.urls import path

from gongkai_web.portal.views import agencies, display, feeds, home, items, library, sitemaps

app_name = "portal"
urlpatterns = [
    # First, because it is asked for most and every address before it costs a comparison.
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/print/", items.item_print, name="item_print"),
    path("", home.home, name="home"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<slug:slug>/", agencies.agency, name="agency"),
    path("agencies/<slug:slug>/feed.xml", feeds.feed, name="agency_feed"),
    path("agencies/<slug:slug>/<slug:column_slug>/", agencies.column, name="column"),
    path("agencies/<slug:slug>/<slug:column_slug>/feed.xml", feeds.feed, name="column_feed"),
    path("policies/", library.policies, name="policies"),
    path("reports/", library.reports, name="reports"),
    path("site-map/", home.site_map, name="site_map"),
    path("help/", home.help_page, name="help"),
    path("display/", display.display, name="display"),
    path("feed.xml", feeds.feed, name="feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.sitemap_pages, name="sitemap_pages"),
    path("sitemap-items-<int:part>.xml", sitemaps.sitemap_items, name="sitemap_items"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
