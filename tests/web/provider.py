"""A small identity provider that speaks OpenID Connect: code flow with proof key, signed tokens, keys in the open."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


class Provider:
    """Signs in whoever ``claims`` describes. ``token_claims`` changes what stands in the next tokens."""

    def __init__(self, client: str, secret: str) -> None:
        self.client, self.secret = client, secret
        self.claims: dict[str, Any] = {}
        self.token_claims: dict[str, Any] = {}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.published = self.key
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        provider = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, {name: values[0] for name, values in parse_qs(body).items()})

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler, given: dict[str, str]) -> None:
        path = urlsplit(request.path).path
        status, body = {
            "/token": self.token,
            "/keys": self.keys,
            "/userinfo": lambda _: self.userinfo(request.headers["Authorization"]),
        }[path](given)
        sent = json.dumps(body).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(sent)))
        request.end_headers()
        request.wfile.write(sent)

    def sign_in(self, address: str) -> str:
        """What a browser would be sent back to, after the user signed in at the address it was sent to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.url}/authorize")
        assert asked["response_type"] == "code"
        assert asked["client_id"] == self.client
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(given.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or (given.get("client_id"), given.get("client_secret")) != (self.client, self.secret)
            or proof.rstrip(b"=").decode() != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": self.client, "sub": self.claims["sub"], "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"]} | self.token_claims
        access = secrets.token_urlsafe()
        self.tokens.add(access)
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": signed}

    def keys(self, _: dict[str, str]) -> tuple[int, dict[str, Any]]:
        numbers = self.published.public_key().public_numbers()
        return 200, {
            "keys": [{"kty": "RSA", "kid": "one", "alg": "RS256", "n": _text(numbers.n), "e": _text(numbers.e)}]
        }

    def userinfo(self, bearer: str) -> tuple[int, dict[str, Any]]:
        return (200, self.claims) if bearer.removeprefix("Bearer ") in self.tokens else (401, {})


def _text(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()
