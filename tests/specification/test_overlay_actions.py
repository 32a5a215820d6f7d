"""The effects of an overlay's actions: the rules of Overlay 1.0.0, one by one."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import overlay

names = st.text(st.characters(categories=["L", "N", "P", "Z"]), min_size=1, max_size=5)
primitives = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
values = st.recursive(primitives, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3))
objects = st.dictionaries(names, values, max_size=5)


def apply(document: dict[str, Any], *actions: dict[str, Any]) -> dict[str, Any]:
    head = {"overlay": "1.0.0", "info": {"title": "Test", "version": "1"}}
    return overlay.apply_overlay(document, {**head, "actions": list(actions)}, source="test.yaml")


def update(target: str, value: object) -> dict[str, Any]:
    return {"target": target, "update": value}


def remove(target: str) -> dict[str, Any]:
    return {"target": target, "remove": True}


def test_an_update_adds_properties_to_an_object() -> None:
    assert apply({"a": {"x": 1}}, update("$.a", {"y": 2})) == {"a": {"x": 1, "y": 2}}


def test_an_update_replaces_a_primitive_even_by_null() -> None:
    assert apply({"a": 1, "b": 2}, update("$", {"a": "one", "b": None})) == {"a": "one", "b": None}


def test_an_update_merges_objects_inside_objects() -> None:
    document = {"a": {"b": {"c": 1, "d": 2}}}
    assert apply(document, update("$", {"a": {"b": {"d": 3}}})) == {"a": {"b": {"c": 1, "d": 3}}}


def test_an_array_inside_an_update_is_concatenated() -> None:
    assert apply({"a": {"tags": [1]}}, update("$.a", {"tags": [2, 3]})) == {"a": {"tags": [1, 2, 3]}}


@pytest.mark.parametrize("value", [3, "three", {"x": 3}, [3, 4], None])
def test_a_target_that_is_an_array_gets_the_update_as_one_more_item(value: object) -> None:
    assert apply({"a": [1, 2]}, update("$.a", value)) == {"a": [1, 2, value]}


def test_an_update_applies_to_every_node_that_the_target_selects() -> None:
    document = {"items": [{"kind": "a"}, {"kind": "b"}, {"kind": "a"}]}
    assert apply(document, update("$.items[?@.kind == 'a']", {"seen": True})) == {
        "items": [{"kind": "a", "seen": True}, {"kind": "b"}, {"kind": "a", "seen": True}]
    }


def test_the_nodes_of_one_update_do_not_share_their_values() -> None:
    document: dict[str, Any] = {"a": {}, "b": {}}
    result = apply(document, update("$['a', 'b']", {"list": []}), update("$.a.list", "only here"))
    assert result == {"a": {"list": ["only here"]}, "b": {"list": []}}


def test_a_removal_takes_a_property_from_its_object() -> None:
    assert apply({"a": {"x": {"deep": 1}, "y": 2}}, remove("$.a.x")) == {"a": {"y": 2}}


def test_a_removal_takes_a_single_entry_from_a_list_of_primitives() -> None:
    assert apply({"required": ["id", "sku"]}, remove("$.required[?@ == 'sku']")) == {"required": ["id"]}


def test_a_removal_by_filter_takes_all_items_that_match_and_no_others() -> None:
    assert apply({"a": [1, 2, 2, 3, 2, 4]}, remove("$.a[?@ == 2]")) == {"a": [1, 3, 4]}


def test_a_removal_may_select_a_node_and_what_lies_in_it() -> None:
    document = {"x": {"x": {"x": 1}}, "list": [{"x": 1}, {"y": [{"x": 2}, 3]}]}
    assert apply(document, remove("$..x")) == {"list": [{}, {"y": [{}, 3]}]}


def test_a_node_that_the_target_selects_twice_is_changed_once() -> None:
    assert apply({"a": [1]}, update("$['a', 'a']", 2)) == {"a": [1, 2]}
    assert apply({"a": [1, 2]}, remove("$.a[0, 0]")) == {"a": [2]}


def test_actions_apply_in_order_each_to_what_the_ones_before_left() -> None:
    result = apply(
        {"a": {"type": "integer"}},
        remove("$.a.type"),
        update("$.a", {"oneOf": [{"type": "integer"}]}),
        update("$.a.oneOf", {"type": "string"}),
    )
    assert result == {"a": {"oneOf": [{"type": "integer"}, {"type": "string"}]}}


@given(objects, objects.filter(bool))
def test_neither_the_specification_nor_the_overlay_is_changed(
    document: dict[str, Any], addition: dict[str, Any]
) -> None:
    document["target"] = {"list": [], "object": {}}
    action = update("$.target", {"list": [addition], "object": addition, "new": addition})
    before = copy.deepcopy((document, action))
    result = apply(document, action)
    result["target"]["list"][0]["changed"] = result["target"]["object"]["changed"] = True
    assert (document, action) == before


@given(st.lists(values, min_size=1, max_size=8), st.data())
def test_a_removal_of_any_items_in_any_order_leaves_the_others_in_place(
    items: list[object], data: st.DataObject
) -> None:
    places = data.draw(st.lists(st.sampled_from(range(len(items))), min_size=1))
    result = apply({"a": items}, remove(f"$.a[{', '.join(map(str, places))}]"))
    assert result == {"a": [item for place, item in enumerate(items) if place not in places]}


@given(st.dictionaries(names, primitives | objects), objects.filter(bool))
def test_an_object_that_is_merged_in_brings_its_own_properties_and_leaves_the_others(
    present: dict[str, Any], addition: dict[str, Any]
) -> None:
    kept = {name: value for name, value in present.items() if name not in addition}
    assert apply({"a": kept}, update("$.a", addition)) == {"a": {**kept, **addition}}
