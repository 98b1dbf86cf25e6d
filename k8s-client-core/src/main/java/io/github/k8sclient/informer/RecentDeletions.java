package io.github.k8sclient.informer;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the objects that were deleted last, so that a frame of the past which comes
 * late or twice does not bring them back: what has a uid that was deleted, and an older
 * version than the deletion, is no news. What comes late comes soon after, so that few
 * are enough; each costs some 180 bytes. Not thread-safe.
 */
final class RecentDeletions {

	static final int CAPACITY = 128;

	private final Map<String, String> versions = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
			return size() > CAPACITY;
		}

	};

	void add(KubernetesObject object) {
		String uid = object.metadata().uid();
		String version = object.metadata().resourceVersion();
		if (uid != null && version != null) {
			this.versions.put(uid, version);
		}
	}

	/**
	 * Return whether an object in some state was deleted after it had that state.
	 * @param object the object
	 * @return {@code false} if it was not, or if that is not known
	 */
	boolean contains(KubernetesObject object) {
		String uid = object.metadata().uid();
		return uid != null && isOlder(object.metadata().resourceVersion(), this.versions.get(uid));
	}

	private static boolean isOlder(@Nullable String version, @Nullable String deletion) {
		return ResourceVersions.isOlder(version, deletion);
	}

}
