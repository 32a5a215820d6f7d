"""OAuth: consent, codes, tokens with rotation, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from enlighten_mock import Fault, SettableClock, SimulatedAPI
from enlighten_mock.accounts.applications import Application, Owner

Make = Callable[..., SimulatedAPI]

LOOPBACK = "http://127.0.0.1:53682/callback"


def client_of(api: SimulatedAPI) -> httpx.Client:
    return httpx.Client(transport=api.transport(), base_url=api.origin, timeout=5)


def decide(api: SimulatedAPI, decision: str = "allow", **changes: str) -> httpx.Response:
    """Press a button of the page of consent."""
    form = {
        "response_type": "code",
        "client_id": api.v4.client_id,
        "redirect_uri": LOOPBACK,
        "username": api.v4.username,
        "password": api.v4.password,
        "decision": decision,
        **changes,
    }
    with client_of(api) as client:
        return client.post("/oauth/authorize", data=form)


def returned(response: httpx.Response) -> dict[str, str]:
    assert response.status_code == 302
    return {name: values[0] for name, values in parse_qs(urlsplit(response.headers["Location"]).query).items()}


def token(api: SimulatedAPI, *, partner: bool = False, form: bool = False, **parameters: str) -> httpx.Response:
    access = api.partner if partner else api.v4
    with client_of(api) as client:
        auth = (access.client_id, access.client_secret)
        if form:
            return client.post("/oauth/token", data=parameters, auth=auth)
        return client.post("/oauth/token", params=parameters, auth=auth)


def exchange(api: SimulatedAPI, **changes: str) -> httpx.Response:
    code = returned(decide(api))["code"]
    grant: dict[str, Any] = {"grant_type": "authorization_code", "code": code, "redirect_uri": LOOPBACK}
    return token(api, **{**grant, **changes})


def refresh(api: SimulatedAPI, refresh_token: str) -> httpx.Response:
    return token(api, grant_type="refresh_token", refresh_token=refresh_token)


def status_with(api: SimulatedAPI, access_token: str) -> int:
    headers = {"Authorization": f"Bearer {access_token}"}
    with client_of(api) as client:
        return client.get("/api/v4/systems", params={"key": api.v4.api_key}, headers=headers).status_code


def test_the_page_of_consent_names_the_application_and_carries_the_request(api: SimulatedAPI) -> None:
    query = {"response_type": "code", "client_id": api.v4.client_id, "redirect_uri": LOOPBACK, "state": '"><script>'}
    with client_of(api) as client:
        page = client.get("/oauth/authorize", params=query)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Simulated application" in page.text
    assert "20 systems" in page.text
    assert "<script>" not in page.text
    assert 'value="&quot;&gt;&lt;script&gt;"' in page.text


@pytest.mark.parametrize("form", [False, True])
def test_consent_brings_tokens(api: SimulatedAPI, form: bool) -> None:
    outcome = returned(decide(api, state="s+t/a te"))
    assert re.fullmatch("[A-Za-z]{6}", outcome["code"])
    assert outcome["state"] == "s+t/a te"
    code: dict[str, Any] = {"grant_type": "authorization_code", "code": outcome["code"], "redirect_uri": LOOPBACK}
    response = token(api, form=form, **code)
    assert response.status_code == 200
    body = response.json()
    assert set(body) == {
        *("access_token", "token_type", "refresh_token", "expires_in", "scope", "enl_uid", "enl_cid"),
        *("enl_password_last_changed", "is_internal_app", "app_type", "app_Id", "jti"),
    }
    assert (body["token_type"], body["scope"], body["app_type"]) == ("bearer", "read write", "system")
    assert body["access_token"].startswith("simulated")
    assert body["refresh_token"].startswith("simulated")
    assert status_with(api, body["access_token"]) == 200


def test_denial_comes_back_as_an_error(api: SimulatedAPI) -> None:
    assert returned(decide(api, "deny", state="x")) == {"error": "access_denied", "state": "x"}


def test_the_default_redirect_shows_the_code(api: SimulatedAPI) -> None:
    for uri in (api.v4.redirect_uri, "https://api.enphaseenergy.com/oauth/redirect_uri"):
        response = decide(api, redirect_uri=uri)
        location = response.headers["Location"]
        assert location.startswith("/oauth/redirect_uri?code=")
        code = returned(response)["code"]
        with client_of(api) as client:
            assert f'id="code">{code}<' in client.get(location).text
            assert "access_denied" in client.get("/oauth/redirect_uri?error=access_denied").text
        given = token(api, grant_type="authorization_code", code=code, redirect_uri=uri)
        assert given.status_code == 200


def test_a_wrong_login_shows_the_page_again(api: SimulatedAPI) -> None:
    page = decide(api, password="simulated-wrong")  # a wrong one
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert "simulated-wrong" not in page.text


@pytest.mark.parametrize(
    "uri",
    ["https://example.org/", "javascript:alert(1)", "http://127.0.0.1.example.org/", "https://127.0.0.1/", "http://["],
)
def test_nobody_is_sent_to_a_redirect_uri_that_is_not_registered(api: SimulatedAPI, uri: str) -> None:
    response = decide(api, redirect_uri=uri)
    assert response.status_code == 400
    assert "Location" not in response.headers


def test_a_registered_redirect_uri_is_used_and_keeps_its_query(make: Make) -> None:
    uri = "https://example.org/back?from=enlighten"
    api = make(applications=[Application(redirect_uris=(uri,))])
    location = decide(api, redirect_uri=uri).headers["Location"]
    assert location.startswith(f"{uri}&code=")


def test_an_unknown_application_and_another_response_type_are_refused(api: SimulatedAPI) -> None:
    assert decide(api, client_id="nobody").status_code == 400
    assert returned(decide(api, response_type="token"))["error"] == "unsupported_response_type"


def test_a_code_is_good_once_and_for_a_short_time(api: SimulatedAPI, clock: SettableClock) -> None:
    code = returned(decide(api))["code"]
    grant: dict[str, Any] = {"grant_type": "authorization_code", "code": code, "redirect_uri": LOOPBACK}
    assert token(api, **grant).status_code == 200
    again = token(api, **grant)
    assert again.status_code == 400
    assert again.json() == {"error": "invalid_grant", "error_description": f"Invalid authorization code: {code}"}
    code = returned(decide(api))["code"]
    clock.advance(301)
    assert token(api, **{**grant, "code": code}).status_code == 400


def test_a_code_is_good_for_its_application_and_redirect_uri_alone(api: SimulatedAPI) -> None:
    assert exchange(api, redirect_uri="http://127.0.0.1:1/callback").json()["error"] == "invalid_grant"
    code = returned(decide(api))["code"]
    grant: dict[str, Any] = {"grant_type": "authorization_code", "code": code, "redirect_uri": LOOPBACK}
    assert token(api, partner=True, **grant).json()["error"] == "invalid_grant"


def test_tokens_end_by_the_clock_of_the_service(api: SimulatedAPI, clock: SettableClock) -> None:
    first = exchange(api).json()
    assert first["expires_in"] == 86_399
    clock.advance(86_398)
    assert status_with(api, first["access_token"]) == 200
    clock.advance(1)
    assert status_with(api, first["access_token"]) == 401
    second = refresh(api, first["refresh_token"]).json()
    assert status_with(api, second["access_token"]) == 200
    clock.advance(2_629_745)
    dead = refresh(api, second["refresh_token"])
    assert dead.status_code == 401
    assert dead.json() == {
        "error": "invalid_token",
        "error_description": f"Invalid refresh token (expired): {second['refresh_token']}",
    }


def test_a_refresh_token_dies_when_it_is_used(api: SimulatedAPI) -> None:
    first = exchange(api).json()
    second = refresh(api, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert status_with(api, first["access_token"]) == 200
    assert refresh(api, first["refresh_token"]).status_code == 401
    assert refresh(api, second["refresh_token"]).status_code == 200


def test_an_old_refresh_token_may_live_on(make: Make) -> None:
    api = make(token_rules={"old_refresh_token": "lives"})
    first = exchange(api).json()
    assert [refresh(api, first["refresh_token"]).status_code for _ in range(2)] == [200, 200]


def test_of_many_refreshes_at_once_one_succeeds(api: SimulatedAPI) -> None:
    first = exchange(api).json()["refresh_token"]
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: refresh(api, first).status_code, range(40)))
    assert sorted(statuses) == [200] + [401] * 39


def test_a_refresh_token_is_that_of_one_application(api: SimulatedAPI) -> None:
    first = exchange(api).json()["refresh_token"]
    assert token(api, partner=True, grant_type="refresh_token", refresh_token=first).status_code == 401
    assert refresh(api, first).status_code == 200


def test_access_can_be_taken_back(api: SimulatedAPI) -> None:
    first = exchange(api).json()
    api.registry.tokens.revoke(username="somebody@simulated.invalid")
    assert status_with(api, first["access_token"]) == 200
    api.registry.tokens.revoke(client_id=api.v4.client_id, username=api.v4.username)
    assert status_with(api, first["access_token"]) == 401
    assert refresh(api, first["refresh_token"]).status_code == 401
    api.reset()
    assert status_with(api, api.v4.access_token) == 200


def test_a_partner_logs_in_with_the_password_of_an_installer(api: SimulatedAPI) -> None:
    login: dict[str, Any] = {
        "grant_type": "password",
        "username": api.partner.username,
        "password": api.partner.password,
    }
    body = token(api, partner=True, **login).json()
    assert body["app_type"] == "partner"
    headers = {"Authorization": f"Bearer {body['access_token']}", "key": api.partner.api_key}
    with client_of(api) as client:
        assert client.get("/api/v4/systems", headers=headers).status_code == 200
    refused = token(api, **login)
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    for wrong in ({"password": "simulated-wrong"}, {"username": api.v4.username}):
        response = token(api, partner=True, **{**login, **wrong})
        assert response.json() == {"error": "invalid_grant", "error_description": "Bad credentials"}


@pytest.mark.parametrize(
    ("parameters", "status", "error"),
    [
        ({}, 400, "invalid_request"),
        ({"grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, 400, "invalid_grant"),
        ({"grant_type": "refresh_token"}, 401, "invalid_token"),
    ],
)
def test_what_is_no_grant_is_refused(api: SimulatedAPI, parameters: Any, status: int, error: str) -> None:
    response = token(api, **parameters)
    assert (response.status_code, response.json()["error"]) == (status, error)


@pytest.mark.parametrize("authorization", ["", "Basic", "Basic ###", "Basic Zm9vOmJhcg==", "Bearer x"])
def test_a_wrong_client_is_refused(api: SimulatedAPI, authorization: str) -> None:
    with client_of(api) as client:
        response = client.post("/oauth/token?grant_type=password", headers={"Authorization": authorization})
    assert response.status_code == 401
    assert response.json() == {"error": "invalid_client", "error_description": "Bad client credentials"}


def test_client_id_and_secret_are_taken_from_the_form_only_where_the_rules_say_so(make: Make) -> None:
    for rule, status in (("basic", 401), ("form", 400)):
        api = make(token_rules={"client_login": rule})
        form = {"client_id": api.v4.client_id, "client_secret": api.v4.client_secret}
        with client_of(api) as client:
            assert client.post("/oauth/token", data=form).status_code == status


def test_the_status_of_an_invalid_grant_can_be_401(make: Make) -> None:
    api = make(token_rules={"invalid_grant_status": 401})
    assert token(api, grant_type="authorization_code", code="abcdef").status_code == 401


@pytest.mark.parametrize("counted", [False, True])
def test_requests_for_tokens_count_where_the_rules_say_so(make: Make, counted: bool) -> None:
    api = make(plan="3/100", token_rules={"token_calls_count": counted})
    tokens = exchange(api).json()
    for _ in range(2):
        tokens = refresh(api, tokens["refresh_token"]).json()
    assert status_with(api, tokens["access_token"]) == (429 if counted else 200)
    assert refresh(api, tokens["refresh_token"]).status_code == (429 if counted else 200)


def test_tokens_of_an_owner_reach_that_owners_systems(make: Make) -> None:
    neighbour = Owner(username="neighbour@simulated.invalid", systems=frozenset({70}))
    api = make(owners=[Owner(), neighbour])
    code = returned(decide(api, username=neighbour.username))["code"]
    grant: dict[str, Any] = {"grant_type": "authorization_code", "code": code, "redirect_uri": LOOPBACK}
    headers = {"Authorization": f"Bearer {token(api, **grant).json()['access_token']}", "key": api.v4.api_key}
    with client_of(api) as client:
        assert client.get("/api/v4/systems", headers=headers).json()["total"] == 1


def test_a_fault_hits_it_only_where_it_is_named(api: SimulatedAPI) -> None:
    tokens = exchange(api).json()
    api.faults.add(Fault(kind="unavailable"))
    assert refresh(api, tokens["refresh_token"]).status_code == 200
    api.faults.replace([Fault(kind="unavailable", operation="Token", count=1)])
    assert refresh(api, tokens["refresh_token"]).status_code == 503
    api.faults.replace([Fault(kind="cut", api="oauth")])
    with pytest.raises(httpx.RemoteProtocolError):
        refresh(api, tokens["refresh_token"])


def test_methods_and_paths_that_it_has_not(api: SimulatedAPI) -> None:
    with client_of(api) as client:
        assert client.get("/oauth/token").status_code == 405
        assert client.get("/oauth/nothing").status_code == 404
