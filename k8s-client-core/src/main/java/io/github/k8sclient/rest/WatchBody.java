package io.github.k8sclient.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.watch.WatchEvent;
import io.github.k8sclient.wire.WatchDecoder;
import io.github.k8sclient.wire.WatchFrameType;
import io.github.k8sclient.wire.WatchFrames;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Reads a body that holds the frames of a watch, each as soon as its last byte has come.
 *
 * @param <T> the type of the objects
 */
final class WatchBody<T extends KubernetesObject> implements WatchFrames<T> {

	private final ApiCall call;

	private final WatchDecoder<T> decoder;

	private final Chunk chunk = new Chunk();

	private List<WatchEvent<T>> events = List.of();

	private @Nullable RuntimeException failure;

	private WatchBody(ApiCall call, WatchDecoder<T> decoder) {
		this.call = call;
		this.decoder = decoder;
	}

	static <T extends KubernetesObject> Flux<WatchEvent<T>> read(ApiCall call, ClientResponse response,
			Codec<T> codec) {
		WireFormat format = ResponseBody.format(call, response);
		return Flux
			.defer(() -> new WatchBody<>(call, WatchDecoder.of(format, codec, call.decoding())).events(response));
	}

	private Flux<WatchEvent<T>> events(ClientResponse response) {
		return ResponseBody.buffers(response)
			.map(this::decode)
			.takeUntil((events) -> this.failure != null)
			.concatMapIterable((events) -> events)
			.concatWith(Mono.defer(this::end))
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	// What precedes the bytes that cannot be read is valid, and goes out first. Does not
	// fail: an operator would release the buffer once more
	private List<WatchEvent<T>> decode(DataBuffer buffer) {
		this.events = new ArrayList<>();
		int length = this.chunk.take(buffer);
		try {
			this.decoder.decode(this.chunk.bytes(), 0, length, this);
		}
		catch (Throwable ex) {
			this.failure = ResponseBody.failure(this.call, ex);
		}
		return this.events;
	}

	private Mono<WatchEvent<T>> end() {
		if (this.failure != null) {
			return Mono.error(this.failure);
		}
		if (this.decoder.isInFrame()) {
			return Mono.error(new KubernetesException(this.call.describe() + ": cut off in the middle of an event"));
		}
		return Mono.empty();
	}

	@Override
	public void object(WatchFrameType type, T object) {
		this.events.add(switch (type) {
			case ADDED -> new WatchEvent.Added<>(object);
			case MODIFIED -> new WatchEvent.Modified<>(object);
			case DELETED -> new WatchEvent.Deleted<>(object);
			case BOOKMARK -> bookmark(object.metadata());
		});
	}

	private WatchEvent<T> bookmark(ObjectMeta metadata) {
		return new WatchEvent.Bookmark<>(Objects.requireNonNullElse(metadata.resourceVersion(), ""),
				metadata.annotations());
	}

	@Override
	public void error(Status status) {
		this.events.add(new WatchEvent.Error<>(status));
	}

	@Override
	public void problem(DecodingException problem) {
		this.events.add(WatchEvent.Error.ofUnreadableFrame(Objects.requireNonNullElse(problem.getMessage(), "")));
	}

}
