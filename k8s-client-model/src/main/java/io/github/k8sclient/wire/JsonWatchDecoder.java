package io.github.k8sclient.wire;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.FieldNames;
import io.github.k8sclient.codec.JsonBoundary;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.value.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads a watch in JSON.
 */
final class JsonWatchDecoder<T> extends WatchDecoder<T> {

	private static final FieldNames NAMES = FieldNames.of("type", "object");

	private static final String ERROR = "ERROR";

	private final Codec<T> codec;

	private final DecodingOptions options;

	private final JsonReader reader;

	private final JsonBoundary boundary = new JsonBoundary();

	private final PieceBuffer buffer;

	private boolean inFrame;

	/**
	 * Bytes before the current chunk.
	 */
	private long consumed;

	private long frameOffset;

	JsonWatchDecoder(Codec<T> codec, DecodingOptions options) {
		this.codec = codec;
		this.options = options;
		this.reader = new JsonReader(options);
		this.buffer = new PieceBuffer(options.maxObjectSize());
	}

	@Override
	public boolean isInFrame() {
		return this.inFrame;
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, WatchFrames<? super T> frames) {
		int end = offset + length;
		int index = offset;
		while (true) {
			if (!this.inFrame) {
				index = findFrame(bytes, index, end, this.consumed - offset);
			}
			if (index == end) {
				break;
			}
			index = readFrame(bytes, index, end, frames);
		}
		this.consumed += length;
	}

	private int findFrame(byte[] bytes, int from, int end, long base) {
		int index = from;
		while (index < end) {
			byte next = bytes[index];
			if (next == '{') {
				this.inFrame = true;
				this.frameOffset = base + index;
				return index;
			}
			if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
				throw new DecodingException("expected an object", typeName(), "", base + index, null);
			}
			index++;
		}
		return index;
	}

	private String typeName() {
		return "watch event of " + this.codec.type().getSimpleName();
	}

	private int readFrame(byte[] bytes, int from, int end, WatchFrames<? super T> frames) {
		int to = this.boundary.scan(bytes, from, end);
		try {
			if (to < 0) {
				this.buffer.append(bytes, from, end);
				return end;
			}
			if (this.buffer.size() > 0) {
				this.buffer.append(bytes, from, to);
			}
			else {
				PieceBuffer.checkSize(to - from, this.options.maxObjectSize());
			}
		}
		catch (DecodingException ex) {
			throw ex.within(typeName(), "", this.frameOffset);
		}
		this.inFrame = false;
		if (this.buffer.size() > 0) {
			deliver(this.buffer.bytes(), 0, this.buffer.size(), frames);
			this.buffer.clear();
		}
		else {
			deliver(bytes, from, to - from, frames);
		}
		return to;
	}

	private void deliver(byte[] bytes, int from, int length, WatchFrames<? super T> frames) {
		Frame frame;
		try {
			this.reader.reset(bytes, from, length);
			frame = read();
		}
		catch (DecodingException ex) {
			frames.problem(ex.within(typeName(), "", this.frameOffset));
			return;
		}
		if (frame.type != null) {
			frames.object(frame.type, this.codec.type().cast(frame.object));
		}
		else {
			frames.error((Status) frame.object);
		}
	}

	private Frame read() {
		@Nullable String name = null;
		@Nullable Object object = null;
		@Nullable RawJson early = null;
		this.reader.beginObject();
		int field;
		while ((field = this.reader.nextField(NAMES)) != JsonReader.END) {
			switch (field) {
				case 0 -> name = this.reader.readString();
				case 1 -> {
					if (name != null) {
						object = readObject(name, this.reader);
					}
					else {
						early = this.reader.readRaw();
					}
				}
				default -> this.reader.skipValue();
			}
		}
		if (name == null) {
			throw this.reader.failure("no type");
		}
		if (object == null && early != null) {
			object = readObject(name, new JsonReader(early.toByteArray(), this.options));
		}
		if (object == null) {
			throw this.reader.failure("no object");
		}
		return new Frame(name.equals(ERROR) ? null : WatchFrameType.of(name), object);
	}

	private @Nullable Object readObject(String name, JsonReader in) {
		if (name.equals(ERROR)) {
			return Status.CODEC.readJson(in);
		}
		if (WatchFrameType.of(name) == null) {
			throw in.failure("unknown type of watch event");
		}
		return this.codec.readJson(in);
	}

	/**
	 * A frame that was understood.
	 *
	 * @param type what happened, null for an error
	 * @param object the object, or a Status
	 */
	private record Frame(@Nullable WatchFrameType type, Object object) {

	}

}
