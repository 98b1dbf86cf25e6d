package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * Builds the state of the cluster from the events alone, and notes each event that does
 * not fit what came before: an object added twice, changed or deleted without being
 * there, changed from a state that it was not in, or seen going back in time.
 */
final class ShadowHandler implements ResourceEventHandler<KubernetesObject> {

	private final Map<String, KubernetesObject> objects = new ConcurrentHashMap<>();

	private final List<String> problems = new ArrayList<>();

	@Override
	public synchronized void onAdd(KubernetesObject resource, boolean initial) {
		if (this.objects.put(key(resource), resource) != null) {
			this.problems.add("added twice: " + key(resource));
		}
	}

	@Override
	public synchronized void onUpdate(KubernetesObject previous, KubernetesObject current) {
		KubernetesObject known = this.objects.put(key(current), current);
		if (known != previous) {
			this.problems.add("changed from a state not seen: " + key(current));
		}
		if (version(current) <= version(previous)) {
			this.problems.add("back in time: " + key(current));
		}
		if (!String.valueOf(previous.metadata().uid()).equals(current.metadata().uid())) {
			this.problems.add("became another object: " + key(current));
		}
	}

	@Override
	public synchronized void onDelete(KubernetesObject resource, boolean finalStateUnknown) {
		if (this.objects.remove(key(resource)) == null) {
			this.problems.add("deleted without being there: " + key(resource));
		}
	}

	synchronized List<String> problems() {
		return List.copyOf(this.problems);
	}

	Map<String, String> objects() {
		return versions(this.objects.values());
	}

	static Map<String, String> versions(Collection<? extends KubernetesObject> objects) {
		Map<String, String> versions = new TreeMap<>();
		objects.forEach((object) -> versions.put(key(object),
				object.metadata().uid() + "@" + object.metadata().resourceVersion()));
		return versions;
	}

	private static String key(KubernetesObject object) {
		return ObjectKey.of(object).toString();
	}

	private static long version(KubernetesObject object) {
		return Long.parseLong(String.valueOf(object.metadata().resourceVersion()));
	}

}
