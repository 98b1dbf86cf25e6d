package io.github.k8sclient.test.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Spoils what a server sends in watches, which no real one can be told to do: shows some
 * frames twice and some again when others have followed them, and withholds bookmarks for
 * a while, those that end a streaming list included.
 */
final class FrameNoise {

	private final Random random;

	private final AtomicInteger repeated = new AtomicInteger();

	private volatile boolean bookmarksWithheld;

	FrameNoise(long seed) {
		this.random = new Random(seed);
	}

	ChaosFault fault() {
		return new ChaosFault("bookmarks lost", () -> this.bookmarksWithheld = true,
				() -> this.bookmarksWithheld = false);
	}

	/**
	 * Return how many frames were shown that had been shown before.
	 * @return the number of frames
	 */
	int repeated() {
		return this.repeated.get();
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
		if (event instanceof WatchEvent.Bookmark<T>) {
			return this.bookmarksWithheld ? List.of() : List.of(event);
		}
		List<WatchEvent<T>> frames = new ArrayList<>(List.of(event));
		if (event.object() != null) {
			before.add(event);
			if (this.random.nextInt(5) == 0) {
				frames.add(event);
			}
			if (this.random.nextInt(5) == 0) {
				frames.add(before.get(this.random.nextInt(before.size())));
			}
			this.repeated.addAndGet(frames.size() - 1);
		}
		return frames;
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
