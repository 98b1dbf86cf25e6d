package io.github.k8sclient;

import java.util.Objects;

import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.StatusDetails;
import org.jspecify.annotations.Nullable;

/**
 * A change that was meant for one object, by its uid, met none or another one of the same
 * name: the object has been deleted since it was read, and perhaps created anew. To
 * repeat the change makes no sense; read the object of that name, and decide.
 *
 * @since 0.1.0
 */
public final class ObjectRecreatedException extends KubernetesApiException {

	ObjectRecreatedException(Status status, @Nullable String verb, @Nullable String path) {
		super(status, verb, path);
	}

	/**
	 * Return whether a status tells of it: another object is an invalid change of the
	 * field {@code metadata.uid} (422). That there is none any more is said in words only
	 * (409), and only when the change would have created one.
	 */
	static boolean isReasonOf(Status status) {
		StatusDetails details = status.details();
		boolean otherUid = details != null
				&& details.causes().stream().anyMatch((cause) -> "metadata.uid".equals(cause.field()));
		return otherUid || Objects.requireNonNullElse(status.message(), "").contains("uid mismatch: ");
	}

}
