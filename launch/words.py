"""The sentences said before the app exists, in French and English, and the choice between them."""

import locale
import os
import sys
from collections.abc import Mapping

SENTENCES: dict[str, tuple[str, str]] = {
    # refusals: what happened, and what to do
    "venv_missing": (
        "Il manque à Python de quoi préparer Carnet : installez le paquet {package} (sudo apt install {package}) "
        "ou uv, puis relancez.",
        "Python lacks what prepares Carnet: install the package {package} (sudo apt install {package}) "
        "or uv, then start again.",
    ),
    "network_missing": (
        "Carnet n’a pas pu recevoir ses composants : vérifiez la connexion à Internet, puis relancez "
        "(elle ne sert qu’à cette installation).",
        "Carnet could not receive its components: check the Internet connection, then start again "
        "(it is only needed for this installation).",
    ),
    "certificate": (
        "La connexion sécurisée au dépôt de composants est refusée (certificat) : demandez à votre service "
        "informatique, puis relancez. Détails : {log}",
        "The secure connection to the component store was refused (certificate): ask your IT department, "
        "then start again. Details: {log}",
    ),
    "disk_full": (
        "Il n’y a plus assez de place sur le disque pour installer Carnet : libérez 1 Go, puis relancez.",
        "There is not enough room on the disk to install Carnet: free 1 GB, then start again.",
    ),
    "no_component": (
        "Un composant de Carnet n’existe pas pour Python {python} sur cet ordinateur : installez Python 3.12 ou 3.13 "
        "depuis python.org, puis relancez. Détails : {log}",
        "A component of Carnet does not exist for Python {python} on this computer: install Python 3.12 or 3.13 "
        "from python.org, then start again. Details: {log}",
    ),
    "not_writable": (
        "Carnet ne peut pas écrire dans son dossier {folder} : déplacez-le dans vos documents, puis relancez.",
        "Carnet cannot write to its folder {folder}: move it to your documents, then start again.",
    ),
    "install_failed": (
        "L’installation de Carnet n’a pas abouti : relancez, et si cela se répète, gardez le détail dans {log}.",
        "Carnet could not be installed: start again, and if it happens again, keep the details in {log}.",
    ),
    "port_taken": (
        "Le port {port} est déjà pris par un autre programme : relancez avec --port {other}.",
        "Port {port} is already taken by another program: start again with --port {other}.",
    ),
    "port_number": (
        "« {port} » n’est pas un port : donnez un nombre entre 1 et 65535.",
        "“{port}” is not a port: give a number between 1 and 65535.",
    ),
    "base_held": (
        "La base {base} est déjà ouverte par un autre programme (processus {pid}) : fermez-le, puis relancez.",
        "The base {base} is already open in another program (process {pid}): close it, then start again.",
    ),
    "base_unreadable": (
        "La base {base} ne peut pas être ouverte : vérifiez que vous avez le droit de lire et d’écrire ce fichier.",
        "The base {base} cannot be opened: check that you may read and write this file.",
    ),
    "server_died": (
        "Carnet s’est arrêté en démarrant (code {code}) : relancez, et si cela se répète, gardez le message ci-dessus.",
        "Carnet stopped while starting (code {code}): start again, and if it happens again, keep the message above.",
    ),
    "server_stopped": (
        "Carnet s’est arrêté (code {code}) : relancez, rien de ce qui était enregistré n’est perdu.",
        "Carnet has stopped (code {code}): start again, nothing that was saved is lost.",
    ),
    "server_slow": (
        "Carnet n’a pas répondu au bout de {seconds} secondes : fermez d’autres programmes, puis relancez.",
        "Carnet did not answer within {seconds} seconds: close other programs, then start again.",
    ),
    "usage": (
        "Je ne comprends pas « {word} ». Usage : python3 start.py [--port N] [--no-browser] [--base FICHIER] "
        "| run … | test …",
        "I do not understand “{word}”. Usage: python3 start.py [--port N] [--no-browser] [--base FILE] "
        "| run … | test …",
    ),
    "chromium_missing": (
        "Aucun navigateur Chromium ou Chrome n’a été trouvé ni pu être installé : les essais dans un navigateur "
        "ne peuvent pas se faire.",
        "No Chromium or Chrome was found or could be installed: the browser tests cannot run.",
    ),
    # progress
    "help": (
        "python3 start.py                     installe Carnet si besoin et l’ouvre dans le navigateur\n"
        "    --port N                         sur un autre port que 8501\n"
        "    --no-browser                     sans ouvrir le navigateur\n"
        "    --base FICHIER                   sur une autre base que data/carnet.duckdb\n"
        "python3 start.py run COMMANDE …      la ligne de commande (run --help pour la liste)\n"
        "python3 start.py test [options]      toutes les vérifications ; les options vont à pytest",
        "python3 start.py                     installs Carnet if needed and opens it in the browser\n"
        "    --port N                         on another port than 8501\n"
        "    --no-browser                     without opening the browser\n"
        "    --base FILE                      on another base than data/carnet.duckdb\n"
        "python3 start.py run COMMAND …       the command line (run --help lists it)\n"
        "python3 start.py test [options]      every check; the options go to pytest",
    ),
    "preparing": ("Préparation du dossier de Carnet…", "Preparing Carnet's folder…"),
    "waiting_other": (
        "Une autre fenêtre installe déjà Carnet ; on l’attend…",
        "Another window is already installing Carnet; waiting for it…",
    ),
    "receiving": ("Réception des composants… {done} sur {total}", "Receiving components… {done} of {total}"),
    "installing": ("Installation des composants…", "Installing the components…"),
    "starting": ("Démarrage de Carnet…", "Starting Carnet…"),
    "port_moved": (
        "Le port {port} est déjà pris ; Carnet s’ouvre sur le port {other}.",
        "Port {port} is already taken; Carnet opens on port {other}.",
    ),
    "open": (
        "Carnet est ouvert : {url}  (pour le fermer : Ctrl+C, ou fermez cette fenêtre)",
        "Carnet is open: {url}  (to close it: Ctrl+C, or close this window)",
    ),
    "already_open": (
        "Carnet est déjà ouvert sur cette base : {url}",
        "Carnet is already open on this base: {url}",
    ),
    "closed": ("Carnet est fermé.", "Carnet is closed."),
    # the waiting page
    "page_title": ("Carnet se prépare", "Carnet is getting ready"),
    "page_intro": (
        "C’est la première ouverture : Carnet installe ce dont il a besoin, une minute environ. "
        "Cette page s’ouvrira toute seule sur l’application.",
        "This is the first time: Carnet installs what it needs, for about a minute. "
        "This page will turn into the application by itself.",
    ),
    "page_promise": (
        "Vos fichiers resteront sur cet ordinateur.",
        "Your files will stay on this computer.",
    ),
    "page_failed": ("Carnet n’a pas pu s’ouvrir", "Carnet could not open"),
    "page_lost": (
        "Carnet ne répond plus. Regardez la fenêtre où vous l’avez lancé, puis relancez.",
        "Carnet no longer answers. Look at the window where you started it, then start again.",
    ),
    # the checks
    "check_format": ("Mise en forme", "Format"),
    "check_lint": ("Relecture", "Lint"),
    "check_types": ("Types", "Types"),
    "check_contracts": ("Contrats entre les pièces", "Contracts between rooms"),
    "check_browser": ("Essais dans le navigateur", "Tests in the browser"),
    "check_tests": ("Essais", "Tests"),
    "check_ok": ("{name} : bon", "{name}: good"),
    "check_failed": ("{name} : ÉCHEC", "{name}: FAILED"),
    "check_summary": ("En échec avant les essais : {names}", "Failed before the tests: {names}"),
}


class Refusal(Exception):
    """Carnet cannot go on; `key` names the sentence that says why and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def said(self, lang: str) -> str:
        """The sentence, in one language."""
        return sentence(self.key, lang, **self.values)


def sentence(key: str, lang: str, **values: object) -> str:
    """One sentence of the table, filled in."""
    french, english = SENTENCES[key]
    return (french if lang == "fr" else english).format(**values)


def machine_language(environ: Mapping[str, str] = os.environ) -> str:
    """`fr` or `en`, from the locale; French when the machine does not say (no locale, or "C")."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return _of_locale(value)
    if sys.platform == "win32":
        import ctypes

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return _of_locale(locale.windows_locale.get(number, ""))
    return "fr"


def _of_locale(value: str) -> str:
    code = value.split(".")[0].split("_")[0].split("-")[0].lower()
    return "fr" if code in ("fr", "", "c", "posix") else "en"


def browser_language(accept: str) -> str:
    """`fr` or `en`, from an Accept-Language header: the first of the two that the reader prefers."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")):
        code, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        if weight > 0 and (short := code.split("-")[0].lower()) in ("fr", "en"):
            wishes.append((-weight, place, short))
    if wishes:
        return min(wishes)[2]
    return "en" if accept.strip() else "fr"
