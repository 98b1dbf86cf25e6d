package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A set of fields of an object, as {@code FieldsV1} writes it. A field and the fields
 * below it are independent members.
 */
final class FieldSet {

	private static final String SELF = ".";

	private final Map<PathElement, Node> nodes = new TreeMap<>();

	static FieldSet of(String... paths) {
		FieldSet set = new FieldSet();
		for (String path : paths) {
			FieldSet parent = set;
			String[] names = path.split("\\.");
			for (int i = 0; i < names.length - 1; i++) {
				parent = parent.at(PathElement.field(names[i]));
			}
			parent.add(PathElement.field(names[names.length - 1]));
		}
		return set;
	}

	/**
	 * Read a set.
	 * @param fields the {@code fieldsV1}
	 * @return the set
	 * @throws IllegalArgumentException if it is none
	 */
	static FieldSet read(JsonNode fields) {
		FieldSet set = new FieldSet();
		for (Map.Entry<String, JsonNode> field : fields.properties()) {
			if (field.getKey().equals(SELF)) {
				continue;
			}
			PathElement element = PathElement.parse(field.getKey());
			JsonNode below = field.getValue();
			if (below.isEmpty() || below.has(SELF)) {
				set.add(element);
			}
			set.at(element).addAll(read(below));
		}
		return set;
	}

	/**
	 * Write the set.
	 * @return the {@code fieldsV1}
	 */
	ObjectNode write() {
		ObjectNode fields = ModelCodec.MAPPER.createObjectNode();
		this.nodes.forEach((element, node) -> {
			if (node.isEmpty()) {
				return;
			}
			ObjectNode below = fields.putObject(element.notation());
			if (node.member && !node.below.isEmpty()) {
				below.putObject(SELF);
			}
			below.setAll(node.below.write());
		});
		return fields;
	}

	boolean isEmpty() {
		return this.nodes.values().stream().allMatch(Node::isEmpty);
	}

	boolean has(PathElement element) {
		Node node = this.nodes.get(element);
		return node != null && node.member;
	}

	/**
	 * The fields below one.
	 * @param element the one
	 * @return the fields, empty if there are none
	 */
	FieldSet below(PathElement element) {
		Node node = this.nodes.get(element);
		return (node != null) ? node.below : new FieldSet();
	}

	void add(PathElement element) {
		node(element).member = true;
	}

	/**
	 * Add a field.
	 * @param path the way to the field; an empty one is the object itself, which nobody
	 * owns
	 */
	void add(List<PathElement> path) {
		if (path.isEmpty()) {
			return;
		}
		FieldSet parent = this;
		for (PathElement element : path.subList(0, path.size() - 1)) {
			parent = parent.at(element);
		}
		parent.add(path.get(path.size() - 1));
	}

	/**
	 * The set of the fields below one, to be added to.
	 * @param element the one
	 * @return the set
	 */
	FieldSet at(PathElement element) {
		return node(element).below;
	}

	FieldSet union(FieldSet other) {
		FieldSet result = new FieldSet();
		result.addAll(this);
		result.addAll(other);
		return result;
	}

	FieldSet intersection(FieldSet other) {
		return combine(other, (mine, others) -> mine && others);
	}

	FieldSet difference(FieldSet other) {
		return combine(other, (mine, others) -> mine && !others);
	}

	/**
	 * The set without the fields of another set and everything below them.
	 * @param other the other set
	 * @return the rest
	 */
	FieldSet without(FieldSet other) {
		FieldSet result = new FieldSet();
		this.nodes.forEach((element, node) -> {
			if (!other.has(element)) {
				result.nodes.put(element, new Node(node.member, node.below.without(other.below(element))));
			}
		});
		return result;
	}

	/**
	 * The set with the declared members of objects above its fields.
	 * @param type the type of the value
	 * @return the larger set
	 */
	FieldSet withDeclaredParents(FieldType type) {
		FieldSet result = new FieldSet();
		this.nodes.forEach((element, node) -> {
			boolean declared = element.kind() == PathElement.Kind.FIELD && type.declares(element.name());
			FieldType below = (element.kind() == PathElement.Kind.FIELD) ? type.member(element.name()) : type.element();
			boolean parent = declared && !node.below.isEmpty();
			result.nodes.put(element, new Node(node.member || parent, node.below.withDeclaredParents(below)));
		});
		return result;
	}

	/**
	 * The paths of all members as they are printed in messages.
	 * @return for example {@code .spec.replicas}
	 */
	List<String> paths() {
		List<String> paths = new ArrayList<>();
		forEach("", paths::add);
		return paths;
	}

	private void forEach(String prefix, Consumer<String> action) {
		this.nodes.forEach((element, node) -> {
			if (node.member) {
				action.accept(prefix + element);
			}
		});
		this.nodes.forEach((element, node) -> node.below.forEach(prefix + element, action));
	}

	private void addAll(FieldSet other) {
		other.nodes.forEach((element, node) -> {
			Node mine = node(element);
			mine.member |= node.member;
			mine.below.addAll(node.below);
		});
	}

	private FieldSet combine(FieldSet other, Membership membership) {
		FieldSet result = new FieldSet();
		this.nodes.forEach((element, node) -> {
			boolean member = membership.holds(node.member, other.has(element));
			result.nodes.put(element, new Node(member, node.below.combine(other.below(element), membership)));
		});
		return result;
	}

	private Node node(PathElement element) {
		return this.nodes.computeIfAbsent(element, (key) -> new Node(false, new FieldSet()));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof FieldSet set && write().equals(set.write());
	}

	@Override
	public int hashCode() {
		return write().hashCode();
	}

	@Override
	public String toString() {
		return write().toString();
	}

	/**
	 * Decides from the membership in two sets.
	 */
	private interface Membership {

		boolean holds(boolean mine, boolean others);

	}

	/**
	 * A field: whether it is a member, and the members below.
	 */
	private static final class Node {

		private boolean member;

		private final FieldSet below;

		private Node(boolean member, FieldSet below) {
			this.member = member;
			this.below = below;
		}

		private boolean isEmpty() {
			return !this.member && this.below.isEmpty();
		}

	}

}
