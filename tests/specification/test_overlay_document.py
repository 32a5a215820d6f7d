"""`enlighten.overlay.yaml` itself: each correction gives its reason, and none is superfluous."""

import re
from typing import Any

import pytest

import overlay
from overlay import SpecificationError


def test_the_document_declares_the_standard_it_follows(corrections: dict[str, Any]) -> None:
    assert corrections["overlay"] == "1.0.0"
    assert corrections["extends"] == "enlighten.yaml"


def test_every_action_gives_its_reason_and_its_evidence(corrections: dict[str, Any]) -> None:
    for number, action in enumerate(corrections["actions"], start=1):
        reason, _, evidence = action.get("description", "").partition(" Evidence: ")
        assert len(reason.split()) >= 5, f"action {number} ({action['target']}) gives no reason"
        assert len(evidence.split()) >= 3, f"action {number} ({action['target']}) gives no evidence"


def test_no_action_would_leave_the_specification_the_same_if_it_were_dropped(
    published: dict[str, Any], corrections: dict[str, Any], effective: dict[str, Any]
) -> None:
    actions = corrections["actions"]
    for dropped, action in enumerate(actions):
        rest = [other for number, other in enumerate(actions) if number != dropped]
        try:
            result = overlay.apply_overlay(published, {**corrections, "actions": rest}, source="overlay")
        except SpecificationError:
            continue  # a later action needs this one
        assert result != effective, f"action {dropped + 1} ({action['target']}) is superfluous"


def test_an_action_that_the_specification_does_not_need_any_more_is_named(
    published: dict[str, Any], corrections: dict[str, Any], effective: dict[str, Any]
) -> None:
    # The next published document might have every correction; the error is then that of the first action.
    assert published != effective
    with pytest.raises(SpecificationError, match=re.escape("overlay, action 1 ($.components.securitySchemes)")):
        overlay.apply_overlay(effective, corrections, source="overlay")
