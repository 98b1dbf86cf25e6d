package io.github.k8sclient.rest;

import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.wire.ListDecoder;
import io.github.k8sclient.wire.ListHeader;
import io.github.k8sclient.wire.TypeMeta;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Reads a body that holds a list, item by item as the bytes arrive: what is held are the
 * items, and the piece of one that is cut in two.
 *
 * @param <T> the type of the items
 */
final class ListBody<T> {

	private final ApiCall call;

	private final Codec<T> codec;

	private final ListDecoder<T> decoder;

	private final List<T> items = new ArrayList<>();

	private final Chunk chunk = new Chunk();

	private @Nullable RuntimeException failure;

	private ListBody(ApiCall call, Codec<T> codec, ListDecoder<T> decoder) {
		this.call = call;
		this.codec = codec;
		this.decoder = decoder;
	}

	/**
	 * Read the list.
	 * @param scheduler decodes, so that a large list holds up no event loop
	 */
	static <T> Mono<KubernetesList<T>> read(ApiCall call, ClientResponse response, Codec<T> codec,
			Scheduler scheduler) {
		WireFormat format = ResponseBody.format(call, response);
		return Mono.defer(() -> new ListBody<>(call, codec, ListDecoder.of(format, codec, call.decoding()))
			.read(response, scheduler));
	}

	private Mono<KubernetesList<T>> read(ClientResponse response, Scheduler scheduler) {
		return ResponseBody.buffers(response)
			.publishOn(new CompletingScheduler(scheduler))
			.map(this::append)
			.takeUntil((appended) -> !appended)
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release)
			.then(Mono.fromCallable(this::toList));
	}

	// Does not fail: an operator would release the buffer once more
	private boolean append(DataBuffer buffer) {
		int length = this.chunk.take(buffer);
		try {
			this.decoder.decode(this.chunk.bytes(), 0, length, this.items::add);
			return true;
		}
		catch (Throwable ex) {
			this.failure = ResponseBody.failure(this.call, ex);
			return false;
		}
	}

	private KubernetesList<T> toList() {
		if (this.failure != null) {
			throw this.failure;
		}
		try {
			ListHeader header = this.decoder.end();
			TypeMeta type = header.type();
			this.items.replaceAll((item) -> this.codec.inList(item, type.apiVersion(), type.kind()));
			return new KubernetesList<>(type.apiVersion(), type.kind(), header.metadata(), this.items);
		}
		catch (Throwable ex) {
			throw ResponseBody.failure(this.call, ex);
		}
	}

}
