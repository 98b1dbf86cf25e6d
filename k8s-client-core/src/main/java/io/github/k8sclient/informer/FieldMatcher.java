package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.FieldRequirement;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;

/**
 * Answers a field query here instead of by the server, with the same result: the fields
 * are those that the server knows for the resource.
 *
 * @param <T> the type of the objects
 */
final class FieldMatcher<T extends KubernetesObject> {

	private final List<Requirement<T>> requirements;

	private FieldMatcher(List<Requirement<T>> requirements) {
		this.requirements = requirements;
	}

	/**
	 * Return a matcher for a query.
	 * @param query the query
	 * @param resource the resource of the objects
	 * @param <T> the type of the objects
	 * @return the matcher
	 * @throws IllegalArgumentException if the server does not select by one of the fields
	 */
	static <T extends KubernetesObject> FieldMatcher<T> of(FieldQuery query, ResourceDescriptor<T> resource) {
		SelectableFields<T> fields = SelectableFields.of(resource);
		List<Requirement<T>> requirements = new ArrayList<>();
		query.requirements()
			.forEach(
					(requirement) -> requirements.add(new Requirement<>(fields.get(requirement.field()), requirement)));
		return new FieldMatcher<>(requirements);
	}

	/**
	 * Return whether all requirements hold.
	 * @param object an object
	 * @return {@code true} if the selector matches
	 */
	boolean matches(T object) {
		for (Requirement<T> requirement : this.requirements) {
			if (!requirement.matches(object)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * A requirement with what reads its field.
	 *
	 * @param field reads the field
	 * @param requirement what is required of it
	 * @param <T> the type of the objects
	 */
	private record Requirement<T>(Function<? super T, String> field, FieldRequirement requirement) {

		boolean matches(T object) {
			return this.requirement.matches(this.field.apply(object));
		}

	}

}
