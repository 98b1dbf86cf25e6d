package io.github.k8sclient.informer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Where a reflector is in the history of the cluster, and so what it asks for next: a
 * list, or a watch from there on. Immutable.
 *
 * @param resourceVersion the version to list or watch from
 * @param watchable whether a watch can go on from the version, so that no list is needed
 */
record ReflectorCursor(String resourceVersion, boolean watchable) {

	/**
	 * Nothing is known. Any state of the server's cache will do, as the changes since are
	 * watched then.
	 */
	static final ReflectorCursor START = new ReflectorCursor("0", false);

	/**
	 * Return where a reflector begins that knows nothing.
	 * @param freshness how new its first list has to be
	 * @return the place to list from
	 */
	static ReflectorCursor start(ListFreshness freshness) {
		return (freshness == ListFreshness.NEWEST) ? START.unavailable() : START;
	}

	static ReflectorCursor at(@Nullable String resourceVersion) {
		return new ReflectorCursor(StringUtils.hasLength(resourceVersion) ? resourceVersion : "", true);
	}

	/**
	 * The history after the version is gone. A list that is not older will do.
	 * @return the place to list from
	 */
	ReflectorCursor expired() {
		return new ReflectorCursor(this.ordered() ? this.resourceVersion : "0", false);
	}

	/**
	 * The version itself cannot be had. Only a list of the newest state will do.
	 * @return the place to list from
	 */
	ReflectorCursor unavailable() {
		return new ReflectorCursor("", false);
	}

	/**
	 * Return whether a watch from the version sends changes only, in order. Without a
	 * version it sends the present objects first, in no order.
	 * @return whether each event moves the cursor
	 */
	boolean ordered() {
		return !this.resourceVersion.isEmpty() && !this.resourceVersion.equals("0");
	}

}
