package io.github.k8sclient.meta;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A field selector: requirements on fields of an object, all of which must hold. What
 * {@code fields.Selector} is in Go.
 *
 * <pre class="code">
 * FieldQuery busy = FieldQuery.where("spec.nodeName").is("worker-1")
 *     .and("status.phase").isNot("Succeeded");     // spec.nodeName=worker-1,status.phase!=Succeeded
 * </pre>
 *
 * Which fields can be selected differs by resource and is up to the server: name and
 * namespace for every one, few others for some built-in kinds, and those that the
 * definition of a custom resource names. Values may have any characters, they are escaped
 * on the wire. Immutable; equal if the same is required, in whatever order.
 *
 * @since 0.1.0
 */
public final class FieldQuery {

	private static final FieldQuery EVERYTHING = new FieldQuery(List.of());

	private final List<FieldRequirement> requirements;

	private FieldQuery(List<FieldRequirement> requirements) {
		this.requirements = requirements;
	}

	/**
	 * Return the query without requirements, which matches every object.
	 * @return the empty query
	 */
	public static FieldQuery everything() {
		return EVERYTHING;
	}

	/**
	 * Begin a query with a requirement on a field.
	 * @param field the field, such as {@code metadata.name}
	 * @return takes what is required of it
	 */
	public static Term where(String field) {
		return EVERYTHING.and(field);
	}

	/**
	 * Return the query for some requirements.
	 * @param requirements what must hold, empty to match everything
	 * @return the query
	 */
	public static FieldQuery of(Collection<FieldRequirement> requirements) {
		return requirements.isEmpty() ? EVERYTHING : new FieldQuery(
				requirements.stream().sorted(Comparator.comparing(FieldRequirement::toString)).toList());
	}

	/**
	 * Read a selector in the syntax of the API: requirements of the form
	 * {@code field=value}, {@code field==value} or {@code field!=value}, separated by
	 * commas. In a value, a backslash stands before each comma, equals sign and
	 * backslash.
	 * @param selector the selector, empty to match everything
	 * @return the query
	 * @throws InvalidSelectorException if the server would refuse the selector for
	 * whatever resource
	 */
	public static FieldQuery parse(String selector) {
		Objects.requireNonNull(selector, "'selector' must not be null");
		return of(new FieldQueryParser(selector).parse());
	}

	/**
	 * Require something of one more field, or more of the same.
	 * @param field the field
	 * @return takes what is required of it
	 */
	public Term and(String field) {
		return new Term(this, Objects.requireNonNull(field, "'field' must not be null"));
	}

	/**
	 * Require what another query requires as well.
	 * @param other the other query
	 * @return a query for both
	 */
	public FieldQuery and(FieldQuery other) {
		List<FieldRequirement> both = new ArrayList<>(this.requirements);
		both.addAll(other.requirements);
		return of(both);
	}

	/**
	 * Return what is required.
	 * @return the requirements in the order of their text, empty if everything matches
	 */
	public List<FieldRequirement> requirements() {
		return this.requirements;
	}

	/**
	 * Return whether nothing is required, so that everything matches.
	 * @return {@code true} if everything matches
	 */
	public boolean isEmpty() {
		return this.requirements.isEmpty();
	}

	/**
	 * Return whether all requirements hold.
	 * @param fields gives the text of a field of an object, empty if the object does not
	 * have it
	 * @return {@code true} if the query matches
	 */
	public boolean matches(UnaryOperator<String> fields) {
		return this.requirements.stream()
			.allMatch((requirement) -> requirement.matches(fields.apply(requirement.field())));
	}

	@Override
	public boolean equals(Object other) {
		return this == other || (other instanceof FieldQuery query && this.requirements.equals(query.requirements));
	}

	@Override
	public int hashCode() {
		return this.requirements.hashCode();
	}

	/**
	 * Return the selector as it goes over the wire.
	 * @return the text that {@link #parse} reads, empty if everything matches
	 */
	@Override
	public String toString() {
		return this.requirements.stream().map(FieldRequirement::toString).collect(Collectors.joining(","));
	}

	/**
	 * Takes what is required of a field. Each method returns the whole query, and throws
	 * an {@link IllegalArgumentException} if the field cannot be the name of one.
	 */
	public static final class Term {

		private final FieldQuery others;

		private final String field;

		private Term(FieldQuery others, String field) {
			this.others = others;
			this.field = field;
		}

		/**
		 * Require that the field has a value.
		 * @param value the value, empty for objects that do not have the field
		 * @return the query
		 */
		public FieldQuery is(String value) {
			return requiring(FieldRequirement.Operator.EQUALS, value);
		}

		/**
		 * Require that the field has another value.
		 * @param value the value, empty for objects that have the field
		 * @return the query
		 */
		public FieldQuery isNot(String value) {
			return requiring(FieldRequirement.Operator.NOT_EQUALS, value);
		}

		private FieldQuery requiring(FieldRequirement.Operator operator, String value) {
			return this.others.and(of(List.of(new FieldRequirement(this.field, operator, value))));
		}

	}

}
