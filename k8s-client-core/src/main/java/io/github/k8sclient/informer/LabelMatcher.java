package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.k8sclient.meta.LabelSelector;
import io.github.k8sclient.meta.LabelSelectorRequirement;

import org.springframework.util.Assert;

/**
 * A label selector that is answered here instead of by the server, with the same result:
 * the same syntax, the same rules for keys and values, the same matches. In particular
 * {@code key!=value} and {@code key notin (value)} match objects without the key.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class LabelMatcher {

	private static final LabelMatcher EVERYTHING = new LabelMatcher(List.of());

	private final List<LabelRequirement> requirements;

	private LabelMatcher(List<LabelRequirement> requirements) {
		this.requirements = requirements;
	}

	/**
	 * Return a matcher for a selector in the syntax of the API: requirements separated by
	 * commas, all of which must hold. A requirement is one of {@code key}, {@code !key},
	 * {@code key=value}, {@code key==value}, {@code key!=value}, {@code key in (a, b)},
	 * {@code key notin (a, b)}, {@code key>1} and {@code key<1}.
	 * @param selector the selector, empty to match everything
	 * @return the matcher
	 * @throws IllegalArgumentException if the server would refuse the selector; the
	 * message says why
	 */
	public static LabelMatcher parse(String selector) {
		Assert.notNull(selector, "'selector' must not be null");
		return of(new LabelSelectorParser(selector).parse());
	}

	/**
	 * Return a matcher for the form of a selector that objects such as Deployments hold.
	 * @param selector the selector; one without any requirement matches everything
	 * @return the matcher
	 * @throws IllegalArgumentException if the selector is not valid; the message says why
	 */
	public static LabelMatcher of(LabelSelector selector) {
		Assert.notNull(selector, "'selector' must not be null");
		List<LabelRequirement> requirements = new ArrayList<>();
		selector.matchLabels()
			.forEach((key, value) -> requirements
				.add(LabelRequirement.of(key, LabelRequirement.Operator.EQUALS, List.of(value))));
		for (LabelSelectorRequirement expression : selector.matchExpressions()) {
			requirements.add(LabelRequirement.of(expression));
		}
		return of(requirements);
	}

	/**
	 * Return a matcher for labels that must all be present with these values.
	 * @param labels the labels, empty to match everything
	 * @return the matcher
	 * @throws IllegalArgumentException if a key or a value is not valid
	 */
	public static LabelMatcher of(Map<String, String> labels) {
		Assert.notNull(labels, "'labels' must not be null");
		return of(labels.entrySet()
			.stream()
			.map((label) -> LabelRequirement.of(label.getKey(), LabelRequirement.Operator.EQUALS,
					List.of(label.getValue())))
			.toList());
	}

	/**
	 * Return a matcher that matches everything.
	 * @return the empty matcher
	 */
	public static LabelMatcher everything() {
		return EVERYTHING;
	}

	private static LabelMatcher of(List<LabelRequirement> requirements) {
		if (requirements.isEmpty()) {
			return EVERYTHING;
		}
		return new LabelMatcher(requirements.stream().sorted(Comparator.comparing(LabelRequirement::key)).toList());
	}

	/**
	 * Return whether all requirements hold.
	 * @param labels the labels of an object
	 * @return {@code true} if the selector matches
	 */
	public boolean matches(Map<String, String> labels) {
		for (LabelRequirement requirement : this.requirements) {
			if (!requirement.matches(labels)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether there are no requirements, so that everything matches.
	 * @return {@code true} if everything matches
	 */
	public boolean isEmpty() {
		return this.requirements.isEmpty();
	}

	@Override
	public boolean equals(Object other) {
		return this == other
				|| (other instanceof LabelMatcher matcher && this.requirements.equals(matcher.requirements));
	}

	@Override
	public int hashCode() {
		return this.requirements.hashCode();
	}

	/**
	 * Return the selector in the syntax of the API, ordered by key.
	 * @return the selector, empty if everything matches
	 */
	@Override
	public String toString() {
		return this.requirements.stream().map(LabelRequirement::toString).collect(Collectors.joining(","));
	}

}
