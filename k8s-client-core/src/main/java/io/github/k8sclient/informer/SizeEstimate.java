package io.github.k8sclient.informer;

import java.util.Iterator;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.wire.EncodedObject;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;

/**
 * Estimates how many bytes the objects of a store have, by some of them, and again when
 * their number has changed by more than a tenth. Thread-safe.
 *
 * @param <T> the type of the objects
 */
final class SizeEstimate<T extends KubernetesObject> {

	private static final int SAMPLES = 32;

	private final Store<T> store;

	private final Codec<T> codec;

	private volatile Sample sample = new Sample(0, 0);

	SizeEstimate(Store<T> store, Codec<T> codec) {
		this.store = store;
		this.codec = codec;
	}

	/**
	 * Return the estimate.
	 * @return the number of bytes that the objects would have in JSON
	 */
	long bytes() {
		int size = this.store.size();
		Sample last = this.sample;
		if (Math.abs(size - last.size()) * 10L > last.size()) {
			last = new Sample(size, average(size));
			this.sample = last;
		}
		return last.average() * size;
	}

	private long average(int size) {
		int step = Math.max(1, size / SAMPLES);
		long bytes = 0;
		int count = 0;
		Iterator<T> objects = this.store.stream().iterator();
		for (int index = 0; objects.hasNext() && count < SAMPLES; index++) {
			T object = objects.next();
			if (index % step == 0) {
				bytes += bytesOf(object);
				count++;
			}
		}
		return (count > 0) ? bytes / count : 0;
	}

	private int bytesOf(T object) {
		try {
			EncodedObject encoded = ObjectDecoder.encode(this.codec, object, WireFormat.JSON);
			return encoded.bytes().length;
		}
		catch (UnsupportedOperationException ex) {
			return 0;
		}
	}

	/**
	 * What was measured.
	 *
	 * @param size the number of objects at that time
	 * @param average the bytes of an object
	 */
	private record Sample(int size, long average) {

	}

}
