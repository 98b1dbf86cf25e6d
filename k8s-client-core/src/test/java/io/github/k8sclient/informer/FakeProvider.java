package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import org.jspecify.annotations.Nullable;

/**
 * Hands out one list-watch for everything, and remembers for what.
 */
final class FakeProvider implements ListWatchProvider {

	private final ListWatch<?> listWatch;

	private final List<String> requests = new ArrayList<>();

	FakeProvider(ListWatch<?> listWatch) {
		this.listWatch = listWatch;
	}

	// the tests ask for the type that the list-watch has
	@SuppressWarnings("unchecked")
	@Override
	public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource,
			@Nullable String namespace, Supplier<DecodingOptions> decoding) {
		this.requests.add(resource.resource().resource() + " " + namespace);
		return (ListWatch<T>) this.listWatch;
	}

	List<String> requests() {
		return List.copyOf(this.requests);
	}

}
