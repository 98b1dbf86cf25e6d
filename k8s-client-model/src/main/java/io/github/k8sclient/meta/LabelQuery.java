package io.github.k8sclient.meta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A label selector: requirements on the labels of an object, all of which must hold. What
 * {@code labels.Selector} is in Go.
 *
 * <pre class="code">
 * LabelQuery web = LabelQuery.where("app").is("shop")
 *     .and("tier").in("front", "back")
 *     .and("legacy").doesNotExist();     // app=shop,!legacy,tier in (back,front)
 * </pre>
 *
 * The server answers it where options take it, caches answer it by {@link #matches(Map)},
 * both with the same result. In particular {@code key!=value} and
 * {@code key notin (value)} match objects without the key. Keys and values are checked
 * when the query is made. Immutable; equal if the same is required, in whatever order.
 *
 * @since 0.1.0
 * @see LabelSelector the form in which objects such as Deployments hold a selector
 */
public final class LabelQuery {

	private static final LabelQuery EVERYTHING = new LabelQuery(List.of());

	private final List<LabelRequirement> requirements;

	private LabelQuery(List<LabelRequirement> requirements) {
		this.requirements = requirements;
	}

	/**
	 * Return the query without requirements, which matches every object.
	 * @return the empty query
	 */
	public static LabelQuery everything() {
		return EVERYTHING;
	}

	/**
	 * Begin a query with a requirement on a label.
	 * @param key the key of the label
	 * @return takes what is required of it
	 */
	public static Term where(String key) {
		return EVERYTHING.and(key);
	}

	/**
	 * Return a query for labels that must all be present with these values.
	 * @param labels the labels, empty to match everything
	 * @return the query
	 * @throws IllegalArgumentException if a key or a value is not valid
	 */
	public static LabelQuery of(Map<String, String> labels) {
		Objects.requireNonNull(labels, "'labels' must not be null");
		return of(requirements(labels));
	}

	/**
	 * Return the query that a selector stands for which an object such as a Deployment
	 * holds, as {@code metav1.LabelSelectorAsSelector} does. What the absence of such a
	 * selector means, everything or nothing, differs between the objects.
	 * @param selector the selector; one without any requirement matches everything
	 * @return the query
	 * @throws IllegalArgumentException if the selector is not valid; the message says why
	 */
	public static LabelQuery of(LabelSelector selector) {
		Objects.requireNonNull(selector, "'selector' must not be null");
		List<LabelRequirement> requirements = requirements(selector.matchLabels());
		selector.matchExpressions().forEach((expression) -> requirements.add(LabelRequirement.of(expression)));
		return of(requirements);
	}

	/**
	 * Return the query for some requirements.
	 * @param requirements what must hold, empty to match everything
	 * @return the query
	 */
	public static LabelQuery of(Collection<LabelRequirement> requirements) {
		return requirements.isEmpty() ? EVERYTHING
				: new LabelQuery(requirements.stream().sorted(Comparator.comparing(LabelRequirement::key)).toList());
	}

	/**
	 * Read a selector in the syntax of the API: requirements separated by commas. A
	 * requirement is one of {@code key}, {@code !key}, {@code key=value},
	 * {@code key==value}, {@code key!=value}, {@code key in (a, b)},
	 * {@code key notin (a, b)}, {@code key>1} and {@code key<1}.
	 * @param selector the selector, empty to match everything
	 * @return the query
	 * @throws InvalidSelectorException if the server would refuse the selector
	 */
	public static LabelQuery parse(String selector) {
		Objects.requireNonNull(selector, "'selector' must not be null");
		return of(new LabelQueryParser(selector).parse());
	}

	private static List<LabelRequirement> requirements(Map<String, String> labels) {
		List<LabelRequirement> requirements = new ArrayList<>(labels.size());
		labels.forEach((key, value) -> requirements
			.add(new LabelRequirement(key, LabelRequirement.Operator.EQUALS, List.of(value))));
		return requirements;
	}

	/**
	 * Require something of one more label, or more of the same.
	 * @param key the key of the label
	 * @return takes what is required of it
	 */
	public Term and(String key) {
		return new Term(this, Objects.requireNonNull(key, "'key' must not be null"));
	}

	/**
	 * Require what another query requires as well.
	 * @param other the other query
	 * @return a query for both
	 */
	public LabelQuery and(LabelQuery other) {
		List<LabelRequirement> both = new ArrayList<>(this.requirements);
		both.addAll(other.requirements);
		return of(both);
	}

	/**
	 * Return what is required.
	 * @return the requirements in the order of their keys, empty if everything matches
	 */
	public List<LabelRequirement> requirements() {
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
	 * @param labels the labels of an object
	 * @return {@code true} if the query matches
	 */
	public boolean matches(Map<String, String> labels) {
		for (LabelRequirement requirement : this.requirements) {
			if (!requirement.matches(labels.get(requirement.key()))) {
				return false;
			}
		}
		return true;
	}

	@Override
	public boolean equals(Object other) {
		return this == other || (other instanceof LabelQuery query && this.requirements.equals(query.requirements));
	}

	@Override
	public int hashCode() {
		return this.requirements.hashCode();
	}

	/**
	 * Return the selector as it goes over the wire, in the order of the keys.
	 * @return the text that {@link #parse} reads, empty if everything matches
	 */
	@Override
	public String toString() {
		return this.requirements.stream().map(LabelRequirement::toString).collect(Collectors.joining(","));
	}

	/**
	 * Takes what is required of a label. Each method returns the whole query, and throws
	 * an {@link IllegalArgumentException} if the key or a value is not valid.
	 */
	public static final class Term {

		private final LabelQuery others;

		private final String key;

		private Term(LabelQuery others, String key) {
			this.others = others;
			this.key = key;
		}

		/**
		 * Require that the label has a value.
		 * @param value the value, may be empty
		 * @return the query
		 */
		public LabelQuery is(String value) {
			return requiring(LabelRequirement.Operator.EQUALS, List.of(value));
		}

		/**
		 * Require that the label has another value or is not there.
		 * @param value the value
		 * @return the query
		 */
		public LabelQuery isNot(String value) {
			return requiring(LabelRequirement.Operator.NOT_EQUALS, List.of(value));
		}

		/**
		 * Require that the label has one of some values.
		 * @param values the values, at least one
		 * @return the query
		 */
		public LabelQuery in(String... values) {
			return in(Arrays.asList(values));
		}

		/**
		 * Require that the label has one of some values.
		 * @param values the values, at least one
		 * @return the query
		 */
		public LabelQuery in(Collection<String> values) {
			return requiring(LabelRequirement.Operator.IN, values);
		}

		/**
		 * Require that the label has none of some values, or is not there.
		 * @param values the values, at least one
		 * @return the query
		 */
		public LabelQuery notIn(String... values) {
			return notIn(Arrays.asList(values));
		}

		/**
		 * Require that the label has none of some values, or is not there.
		 * @param values the values, at least one
		 * @return the query
		 */
		public LabelQuery notIn(Collection<String> values) {
			return requiring(LabelRequirement.Operator.NOT_IN, values);
		}

		/**
		 * Require that the label is there, with whatever value.
		 * @return the query
		 */
		public LabelQuery exists() {
			return requiring(LabelRequirement.Operator.EXISTS, List.of());
		}

		/**
		 * Require that the label is not there.
		 * @return the query
		 */
		public LabelQuery doesNotExist() {
			return requiring(LabelRequirement.Operator.DOES_NOT_EXIST, List.of());
		}

		/**
		 * Require that the value of the label is an integer above a limit.
		 * @param limit the limit, not negative
		 * @return the query
		 */
		public LabelQuery greaterThan(long limit) {
			return requiring(LabelRequirement.Operator.GREATER_THAN, List.of(Long.toString(limit)));
		}

		/**
		 * Require that the value of the label is an integer below a limit.
		 * @param limit the limit, not negative
		 * @return the query
		 */
		public LabelQuery lessThan(long limit) {
			return requiring(LabelRequirement.Operator.LESS_THAN, List.of(Long.toString(limit)));
		}

		private LabelQuery requiring(LabelRequirement.Operator operator, Collection<String> values) {
			return this.others.and(of(List.of(new LabelRequirement(this.key, operator, List.copyOf(values)))));
		}

	}

}
