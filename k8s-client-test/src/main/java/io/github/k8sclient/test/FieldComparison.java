package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an object has that another state of it does not.
 */
final class FieldComparison {

	private final List<PathElement> path = new ArrayList<>();

	private final FieldSet added = new FieldSet();

	private final FieldSet modified = new FieldSet();

	private final FieldSet removed = new FieldSet();

	private FieldComparison() {
	}

	/**
	 * Compare two states of an object.
	 * @param before a state
	 * @param after another state
	 * @param type the type of the object
	 * @return the differences
	 */
	static FieldComparison of(ObjectNode before, ObjectNode after, FieldType type) {
		FieldComparison comparison = new FieldComparison();
		comparison.compare(before, after, type);
		return comparison;
	}

	FieldSet addedOrModified() {
		return this.added.union(this.modified);
	}

	FieldSet removed() {
		return this.removed;
	}

	private void compare(@Nullable JsonNode before, @Nullable JsonNode after, FieldType type) {
		boolean objects = isObject(before) || isObject(after);
		boolean lists = isList(before) || isList(after);
		if (objects && !lists && !type.isAtomicObject() && !(isEmpty(before) && isEmpty(after))) {
			compareMembers(before, after, type);
		}
		else if (lists && !objects && type.listKeys() != null && !(isEmpty(before) && isEmpty(after))) {
			compareElements(before, after, type);
		}
		else if (before != null && after != null && !before.equals(after)) {
			this.modified.add(this.path);
		}
		if (before == null) {
			this.added.add(this.path);
		}
		else if (after == null) {
			this.removed.add(this.path);
		}
	}

	private void compareMembers(@Nullable JsonNode before, @Nullable JsonNode after, FieldType type) {
		Set<String> names = new LinkedHashSet<>();
		if (before instanceof ObjectNode object) {
			names.addAll(object.propertyNames());
		}
		if (after instanceof ObjectNode object) {
			names.addAll(object.propertyNames());
		}
		for (String name : names) {
			descend(PathElement.field(name), member(before, name, type), member(after, name, type), type.member(name));
		}
	}

	// in Go some members of a structure are never absent
	private static @Nullable JsonNode member(@Nullable JsonNode parent, String name, FieldType type) {
		if (!(parent instanceof ObjectNode object)) {
			return null;
		}
		JsonNode member = object.get(name);
		return (member != null) ? member : type.zero(name);
	}

	private void compareElements(@Nullable JsonNode before, @Nullable JsonNode after, FieldType type) {
		ListElements old = ListElements.of(before, type);
		ListElements current = ListElements.of(after, type);
		Set<PathElement> elements = new LinkedHashSet<>(old.byElement().keySet());
		elements.addAll(current.byElement().keySet());
		for (PathElement element : elements) {
			descend(element, old.byElement().get(element), current.byElement().get(element), type.element());
		}
	}

	private void descend(PathElement element, @Nullable JsonNode before, @Nullable JsonNode after, FieldType type) {
		this.path.add(element);
		compare(before, after, type);
		this.path.remove(this.path.size() - 1);
	}

	private static boolean isObject(@Nullable JsonNode value) {
		return value != null && value.isObject();
	}

	private static boolean isList(@Nullable JsonNode value) {
		return value != null && value.isArray();
	}

	private static boolean isEmpty(@Nullable JsonNode value) {
		return value == null || value.isNull() || value.isEmpty();
	}

}
