package io.github.k8sclient.informer;

import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Tells objects of use from others: list and watch need not be those of this client, and
 * a class that stands for objects of any kind may hold one of another kind.
 *
 * @param resource what the objects should be
 * @param <T> the type of the objects
 */
record ObjectCheck<T extends KubernetesObject>(ResourceDescriptor<T> resource) {

	private static final String TABLE = "Table";

	private static final String METADATA_ONLY = "PartialObjectMetadata";

	/**
	 * Check a list.
	 * @param list the list
	 * @throws InformerException if its items are not the objects
	 */
	void check(KubernetesList<T> list) {
		if (isTable(list.apiVersion(), list.kind())) {
			throw new InformerException("The answer to a list of " + this.resource.resource()
					+ " is a Table: its rows are for display and hold no objects to follow", null);
		}
	}

	/**
	 * Return what is wrong with an object.
	 * @param object the object, of any class
	 * @return why it cannot be used, {@code null} if it can
	 */
	@Nullable String problemOf(@Nullable Object object) {
		if (!this.resource.type().isInstance(object)) {
			String actual = (object != null) ? object.getClass().getName() : "nothing";
			return "expected " + this.resource.type().getName() + " but got " + actual;
		}
		T actual = this.resource.type().cast(object);
		if (isTable(actual.apiVersion(), actual.kind())) {
			return "a Table is for display and holds no object to follow";
		}
		if (isOfAnotherKind(actual)) {
			return "expected " + this.resource.kind() + " but got " + actual.apiVersion() + " " + actual.kind();
		}
		if (!StringUtils.hasLength(actual.metadata().name())) {
			return "an object has no name";
		}
		if (!StringUtils.hasLength(actual.metadata().resourceVersion())) {
			return ObjectKey.of(actual) + " has no resource version";
		}
		return null;
	}

	private boolean isOfAnotherKind(T object) {
		if (!StringUtils.hasLength(object.kind()) || METADATA_ONLY.equals(object.kind())) {
			return false;
		}
		String kind = this.resource.kind().kind();
		return !kind.equals(ResourceDescriptor.ANY_KIND) && !kind.equals(object.kind())
				|| !this.resource.kind().groupVersion().toString().equals(object.apiVersion());
	}

	private static boolean isTable(@Nullable String apiVersion, @Nullable String kind) {
		return TABLE.equals(kind) && apiVersion != null && apiVersion.startsWith("meta.k8s.io/");
	}

}
