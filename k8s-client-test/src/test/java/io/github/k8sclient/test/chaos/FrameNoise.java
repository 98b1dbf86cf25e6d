package io.github.k8sclient.test.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import io.github.k8sclient.watch.WatchEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Spoils what a server sends in watches, which no real one can be told to do: withholds
 * bookmarks, those that end a streaming list included, and shows frames twice and again
 * when others have followed them.
 */
final class FrameNoise {

	private final Random random;

	private volatile boolean bookmarksWithheld;

	private volatile boolean framesRepeated;

	FrameNoise(long seed) {
		this.random = new Random(seed);
	}

	List<ChaosFault> faults() {
		return List.of(
				new ChaosFault("bookmarks lost", () -> this.bookmarksWithheld = true,
						() -> this.bookmarksWithheld = false),
				new ChaosFault("frames repeated", () -> this.framesRepeated = true, () -> this.framesRepeated = false));
	}

	/**
	 * Lay the noise over a provider.
	 * @param source gives what the server sends
	 * @return gives what arrives of it
	 */
	ListWatchProvider over(ListWatchProvider source) {
		return new ListWatchProvider() {

			@Override
			public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource, String namespace,
					Supplier<DecodingOptions> decoding) {
				return new NoisyListWatch<>(source.listWatch(resource, namespace, decoding));
			}

		};
	}

	private <T> List<WatchEvent<T>> spoil(WatchEvent<T> event, List<WatchEvent<T>> before) {
		if (event instanceof WatchEvent.Bookmark<T> && this.bookmarksWithheld) {
			return List.of();
		}
		if (event.object() == null) {
			return List.of(event);
		}
		before.add(event);
		if (!this.framesRepeated) {
			return List.of(event);
		}
		return List.of(event, event, before.get(this.random.nextInt(before.size())));
	}

	private final class NoisyListWatch<T extends KubernetesObject> implements ListWatch<T> {

		private final ListWatch<T> source;

		NoisyListWatch(ListWatch<T> source) {
			this.source = source;
		}

		@Override
		public Mono<KubernetesList<T>> list(ListOptions options) {
			return this.source.list(options);
		}

		@Override
		public Flux<WatchEvent<T>> watch(ListOptions options) {
			return Flux.defer(() -> {
				List<WatchEvent<T>> before = new ArrayList<>();
				return this.source.watch(options).concatMapIterable((event) -> spoil(event, before));
			});
		}

	}

}
