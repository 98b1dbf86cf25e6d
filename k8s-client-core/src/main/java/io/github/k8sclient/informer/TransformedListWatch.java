package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.StringUtils;

/**
 * Changes the objects of a list-watch before anybody sees them. An object for which the
 * transformation fails, or that loses its identity by it, is left out and reported; only
 * its deletion is passed on as it is.
 *
 * @param <T> the type of the objects
 */
final class TransformedListWatch<T extends KubernetesObject> implements ListWatch<T> {

	private final ListWatch<T> source;

	private final UnaryOperator<T> transform;

	private final Consumer<String> onSkipped;

	/**
	 * Create a list-watch.
	 * @param source gives the objects
	 * @param transform changes an object
	 * @param onSkipped told of failures, on any thread
	 */
	TransformedListWatch(ListWatch<T> source, UnaryOperator<T> transform, Consumer<String> onSkipped) {
		this.source = source;
		this.transform = transform;
		this.onSkipped = onSkipped;
	}

	@Override
	public Mono<KubernetesList<T>> list(ListOptions options) {
		return this.source.list(options).map(this::transform);
	}

	@Override
	public Flux<WatchEvent<T>> watch(ListOptions options) {
		return this.source.watch(options).mapNotNull(this::transform);
	}

	@Override
	public boolean canStreamLists() {
		return this.source.canStreamLists();
	}

	private KubernetesList<T> transform(KubernetesList<T> list) {
		List<T> items = new ArrayList<>(list.items().size());
		for (T item : list.items()) {
			try {
				items.add(transform(item));
			}
			catch (Throwable ex) {
				this.onSkipped.accept(describe(item, ex));
			}
		}
		return new KubernetesList<>(list.apiVersion(), list.kind(), list.metadata(), items);
	}

	private @Nullable WatchEvent<T> transform(WatchEvent<T> event) {
		T object = event.object();
		if (object == null) {
			return event;
		}
		try {
			T transformed = transform(object);
			return switch (event.type()) {
				case ADDED -> new WatchEvent.Added<>(transformed);
				case MODIFIED -> new WatchEvent.Modified<>(transformed);
				case DELETED -> new WatchEvent.Deleted<>(transformed);
				case BOOKMARK, ERROR -> event;
			};
		}
		catch (Throwable ex) {
			this.onSkipped.accept(describe(object, ex));
			// That an object is gone must be known, whatever it looks like
			return (event.type() == WatchEvent.Type.DELETED) ? event : null;
		}
	}

	private T transform(T object) {
		// what has no name is no object; that is for others to say
		if (!StringUtils.hasLength(object.metadata().name())) {
			return object;
		}
		T transformed = this.transform.apply(object);
		if (transformed == null || !isSame(object.metadata(), transformed.metadata())) {
			throw new IllegalStateException("its namespace, name, UID or resource version was changed");
		}
		return transformed;
	}

	private boolean isSame(ObjectMeta before, ObjectMeta after) {
		return Objects.equals(before.name(), after.name()) && Objects.equals(before.namespace(), after.namespace())
				&& Objects.equals(before.uid(), after.uid())
				&& Objects.equals(before.resourceVersion(), after.resourceVersion());
	}

	private String describe(@Nullable T object, Throwable failure) {
		return "the transformation of " + ((object != null) ? ObjectKey.of(object) : "nothing") + " failed: " + failure;
	}

}
