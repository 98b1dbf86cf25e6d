package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * Remembers the events of an informer as short texts: {@code +a@1} for an added object,
 * {@code ++a@1} for an initially added one, {@code a@1->2} for an update, {@code -a@2}
 * for a deletion and {@code -?a@2} for one whose final state is unknown.
 *
 * @param <T> the type of the objects
 */
final class RecordingHandler<T extends KubernetesObject> implements ResourceEventHandler<T> {

	private final List<String> events = Collections.synchronizedList(new ArrayList<>());

	@Override
	public void onAdd(T resource, boolean initial) {
		this.events.add((initial ? "++" : "+") + describe(resource));
	}

	@Override
	public void onUpdate(T previous, T current) {
		this.events.add(describe(previous) + "->" + current.metadata().resourceVersion());
	}

	@Override
	public void onDelete(T resource, boolean finalStateUnknown) {
		this.events.add((finalStateUnknown ? "-?" : "-") + describe(resource));
	}

	List<String> events() {
		return List.copyOf(this.events);
	}

	void clear() {
		this.events.clear();
	}

	private String describe(T resource) {
		return resource.metadata().name() + "@" + resource.metadata().resourceVersion();
	}

}
