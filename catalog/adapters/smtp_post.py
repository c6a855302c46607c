"""Sends e-mails through an SMTP server: `smtp://` (STARTTLS where a user is named), `smtps://`; certificates are checked."""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from catalog.accounts.letters import Letter

TIMEOUT = 20


class SmtpPost:
    """See `catalog.accounts.ports.Post`."""

    def __init__(self, url: str, sender: str) -> None:
        self._url, self._sender = urlsplit(url), sender

    def send(self, letter: Letter) -> None:
        """Send one letter; raises what smtplib raises, and the job is tried again later."""
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = letter.subject, self._sender, Address(addr_spec=letter.to)
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(letter.id)
        message.set_content(letter.body)
        with self._connected() as server:
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        host, context = str(self._url.hostname), ssl.create_default_context()
        if self._url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, self._url.port or 465, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, self._url.port or 25, timeout=TIMEOUT)
            if self._url.username:
                server.starttls(context=context)
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server
