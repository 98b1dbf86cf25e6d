package io.github.k8sclient.test.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.informer.ObjectKey;
import io.github.k8sclient.informer.OverflowStrategy;
import io.github.k8sclient.informer.ResourceEventHandler;
import io.github.k8sclient.informer.ResourceVersions;

/**
 * Builds the state of the server from the events alone, and notes each event that does
 * not fit those before: an object that is added twice, changed or deleted without being
 * there, changed from a state that it was not in, or seen going back in time.
 */
final class ShadowView implements ResourceEventHandler<ConfigMap> {

	private final Map<ObjectKey, ConfigMap> objects = new ConcurrentHashMap<>();

	private final Map<ObjectKey, String> lastVersions = new ConcurrentHashMap<>();

	private final List<String> problems = new ArrayList<>();

	private final Runnable behaviour;

	private final boolean merged;

	private volatile boolean left;

	/**
	 * Create a view.
	 * @param behaviour what the handler does after each event, such as to throw
	 * @param overflow what becomes of changes while the handler is busy
	 */
	ShadowView(Runnable behaviour, OverflowStrategy overflow) {
		this.behaviour = behaviour;
		this.merged = overflow == OverflowStrategy.COALESCE;
	}

	@Override
	public void onAdd(ConfigMap map, boolean initial) {
		ObjectKey key = ObjectKey.of(map);
		require(this.objects.put(key, map) == null, key, "added twice");
		require(isNewer(map), key, "added with a version of the past");
		seen(map);
	}

	@Override
	public void onUpdate(ConfigMap previous, ConfigMap current) {
		ObjectKey key = ObjectKey.of(current);
		require(this.objects.put(key, current) == previous, key, "changed from a state that was not seen");
		require(String.valueOf(previous.metadata().uid()).equals(current.metadata().uid()), key,
				"became another object");
		require(isNewer(current), key, "changed to a version of the past");
		seen(current);
	}

	@Override
	public void onDelete(ConfigMap map, boolean finalStateUnknown) {
		ObjectKey key = ObjectKey.of(map);
		ConfigMap known = this.objects.remove(key);
		require(known != null, key, "deleted without being there");
		// what was lost was lost in the state that the informer knew, which a handler of
		// merged changes need not have seen
		boolean lastKnown = known == map || this.merged && isNewer(map);
		require(finalStateUnknown ? lastKnown : isNewer(map), key, "deleted with a version of the past");
		seen(map);
	}

	/**
	 * The handler has been removed: nothing may come any more.
	 */
	void leave() {
		this.left = true;
	}

	private boolean isNewer(ConfigMap map) {
		String last = this.lastVersions.get(ObjectKey.of(map));
		return last == null || ResourceVersions.isOlder(last, map.metadata().resourceVersion());
	}

	private void seen(ConfigMap map) {
		require(!this.left, ObjectKey.of(map), "told after the handler had left");
		this.lastVersions.put(ObjectKey.of(map), String.valueOf(map.metadata().resourceVersion()));
		this.behaviour.run();
	}

	private void require(boolean condition, ObjectKey key, String problem) {
		if (!condition) {
			synchronized (this.problems) {
				this.problems.add(problem + ": " + key);
			}
		}
	}

	List<String> problems() {
		synchronized (this.problems) {
			return List.copyOf(this.problems);
		}
	}

	Map<String, String> versions() {
		return versions(this.objects.values());
	}

	/**
	 * Return what can be compared.
	 * @param maps config maps
	 * @return their uids and versions by namespace and name
	 */
	static Map<String, String> versions(Collection<ConfigMap> maps) {
		Map<String, String> versions = new TreeMap<>();
		maps.forEach((map) -> versions.put(ObjectKey.of(map).toString(),
				map.metadata().uid() + "@" + map.metadata().resourceVersion()));
		return versions;
	}

}
