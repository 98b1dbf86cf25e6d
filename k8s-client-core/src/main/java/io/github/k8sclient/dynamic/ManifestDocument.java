package io.github.k8sclient.dynamic;

import io.github.k8sclient.KubernetesException;
import org.jspecify.annotations.Nullable;

/**
 * A document of a manifest: an object, or the reason why there is none.
 *
 * @param place where the document is, for messages
 * @param object the object, {@code null} if there is none
 * @param problem why there is no object, {@code null} if there is one
 */
record ManifestDocument(String place, @Nullable Unstructured object, @Nullable KubernetesException problem) {

	static ManifestDocument of(String place, Unstructured object) {
		return new ManifestDocument(place, object, null);
	}

	static ManifestDocument broken(String place, String problem) {
		return new ManifestDocument(place, null, new KubernetesException(problem));
	}

	/**
	 * Return the document in words.
	 */
	String describe() {
		return (this.object != null) ? this.place + ", " + this.object.description() : this.place;
	}

	ManifestException.Failure failure(Throwable cause) {
		return new ManifestException.Failure(describe(), cause);
	}

}
