"""Where everything answers (docs/design.md section 6)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views.serve import authenticate_with_password as password_of_documents
from wagtail.views import authenticate_with_password as password_of_a_page

from portal.core import views
from portal.core.accounts import login, staff_sessions
from portal.follow import urls as follow_urls
from portal.follow.digest.subscription_views import subscription_page
from portal.home.sitemaps import SITEMAPS, sitemap_index
from portal.ui import urls as ui_urls
from portal.webinars import urls as webinars_urls
from search import urls as search_urls

urlpatterns = [
    path("", views.redirect_to_dutch_home),
    # In place of Wagtail's own, at its own addresses.
    path("admin/login/", never_cache(login.LoginView.as_view()), name="wagtailadmin_login"),
    *(
        path(f"admin/password_reset/{rest}", never_cache(view.as_view()), name=f"wagtailadmin_password_reset{name}")
        for rest, view, name in (
            ("", login.PasswordResetView, ""),
            ("done/", login.PasswordResetDoneView, "_done"),
            ("confirm/<uidb64>/<token>/", login.PasswordResetConfirmView, "_confirm"),
            ("complete/", login.PasswordResetCompleteView, "_complete"),
        )
    ),
    path("admin/session/", staff_sessions.session_state, name="session_state"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<path:document_filename>", views.document, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        login.limit_password_guesses(password_of_documents),
        name="wagtaildocs_authenticate_with_password",
    ),
    path("id/<slug:kind>/<slug:key>", views.permanent_identifier, name="permanent_identifier"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("robots.txt", views.robots),
    path("", include(search_urls)),
    path("", include(webinars_urls)),
    path("", include(follow_urls)),
    path("", include(ui_urls)),
    path("media/<path:path>", views.media, name="media"),
    *i18n_patterns(
        # Before the pages, whose pattern takes this address too.
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            login.limit_password_guesses(password_of_a_page),
            name="wagtailcore_authenticate_with_password",
        ),
        path("_follow/<str:token>/", subscription_page, name="subscription"),
        re_path(wagtail_urls.serve_pattern, views.page),
        path("", include(wagtail_urls)),
        prefix_default_language=True,
    ),
]

handler404 = "portal.core.views.not_found"
handler500 = "portal.core.views.server_error"
