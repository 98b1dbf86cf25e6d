package io.github.k8sclient.meta;

/**
 * An object that an API server keeps or answers with: a kind with metadata.
 * Implementations are immutable.
 *
 * @since 0.1.0
 */
public interface KubernetesObject {

	/**
	 * Return the API version, such as {@code apps/v1}, or {@code v1} for the core group.
	 * @return the API version; that of the {@link CustomResource} annotation if the class
	 * does not say otherwise
	 */
	default String apiVersion() {
		return CustomResourceKinds.of(getClass()).apiVersion();
	}

	/**
	 * Return the kind, such as {@code Deployment}.
	 * @return the kind; that of the {@link CustomResource} annotation if the class does
	 * not say otherwise
	 */
	default String kind() {
		return CustomResourceKinds.of(getClass()).kind();
	}

	/**
	 * Return the metadata.
	 * @return the metadata, empty when the document had none
	 */
	ObjectMeta metadata();

}
