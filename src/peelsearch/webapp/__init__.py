"""The site: pages and a JSON API over one index. The only package that imports Flask.

``state`` is what a URL asks for, ``search_page`` and ``document_page`` turn results into records
that the templates only have to lay out, ``app`` joins them to URLs, ``server`` runs the whole.
"""

from peelsearch.webapp.access import files_served, login_set
from peelsearch.webapp.app import create_app
from peelsearch.webapp.server import Server, Serving, serve

__all__ = ["Server", "Serving", "create_app", "files_served", "login_set", "serve"]
