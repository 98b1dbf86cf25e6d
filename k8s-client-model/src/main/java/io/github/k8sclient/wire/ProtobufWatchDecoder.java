package io.github.k8sclient.wire;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * Reads a watch in protobuf: a length of four bytes, the most significant first, and a
 * {@code meta/v1.WatchEvent} whose object stands in an envelope of its own.
 */
final class ProtobufWatchDecoder<T> extends WatchDecoder<T> {

	private static final String ERROR = "ERROR";

	private static final int LENGTH_SIZE = 4;

	private static final int TYPE = 1;

	private static final int OBJECT = 2;

	private static final int RAW = 1;

	private final Codec<T> codec;

	private final DecodingOptions options;

	private final ProtobufReader reader;

	private final PieceBuffer buffer;

	/**
	 * Bytes of the length that have been read.
	 */
	private int lengthSeen;

	private long length;

	/**
	 * Bytes before the current chunk.
	 */
	private long consumed;

	private long frameOffset;

	ProtobufWatchDecoder(Codec<T> codec, DecodingOptions options) {
		this.codec = codec;
		this.options = options;
		this.reader = new ProtobufReader(options);
		this.buffer = new PieceBuffer(options.maxObjectSize());
	}

	@Override
	public boolean isInFrame() {
		return this.lengthSeen > 0;
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, WatchFrames<? super T> frames) {
		int end = offset + length;
		int index = offset;
		while (index < end) {
			if (this.lengthSeen < LENGTH_SIZE) {
				readLength(bytes[index++]);
				this.frameOffset = this.consumed + index - offset;
			}
			if (this.lengthSeen == LENGTH_SIZE) {
				checkLength();
				index = readFrame(bytes, index, end, frames);
			}
		}
		this.consumed += length;
	}

	private void readLength(byte next) {
		this.length = this.length << 8 | (next & 0xff);
		this.lengthSeen++;
	}

	private void checkLength() {
		try {
			PieceBuffer.checkSize(this.length, this.options.maxObjectSize());
		}
		catch (DecodingException ex) {
			throw ex.within(typeName(), "", this.frameOffset);
		}
	}

	private String typeName() {
		return "watch event of " + this.codec.type().getSimpleName();
	}

	private int readFrame(byte[] bytes, int from, int end, WatchFrames<? super T> frames) {
		int missing = (int) this.length - this.buffer.size();
		if (missing > end - from) {
			this.buffer.append(bytes, from, end);
			return end;
		}
		int to = from + missing;
		int size = (int) this.length;
		this.length = 0;
		this.lengthSeen = 0;
		if (this.buffer.size() > 0) {
			this.buffer.append(bytes, from, to);
			deliver(this.buffer.bytes(), 0, size, frames);
			this.buffer.clear();
		}
		else {
			deliver(bytes, from, size, frames);
		}
		return to;
	}

	private void deliver(byte[] bytes, int from, int length, WatchFrames<? super T> frames) {
		this.reader.reset(bytes, from, length);
		Event event;
		try {
			event = readEvent(from);
		}
		catch (DecodingException ex) {
			frames.problem(ex.within(typeName(), "", this.frameOffset));
			return;
		}
		WatchFrameType type = WatchFrameType.of(event.type);
		Object object;
		try {
			object = open(event, type, bytes);
		}
		catch (DecodingException ex) {
			frames.problem(ex.within(typeName(), "object", this.frameOffset + event.from - from));
			return;
		}
		if (type != null) {
			frames.object(type, this.codec.type().cast(object));
		}
		else {
			frames.error((Status) object);
		}
	}

	private Event readEvent(int from) {
		Event event = new Event("", from, from);
		int field;
		while ((field = this.reader.nextField()) != 0) {
			switch (field) {
				case TYPE -> event = new Event(this.reader.readString(), event.from, event.to);
				case OBJECT -> {
					this.reader.beginMessage();
					event = readObject(event);
				}
				default -> this.reader.skipField();
			}
		}
		return event;
	}

	private Event readObject(Event event) {
		Event result = event;
		int field;
		while ((field = this.reader.nextField()) != 0) {
			if (field == RAW) {
				this.reader.beginMessage();
				result = new Event(event.type, this.reader.offset(), this.reader.limit());
				this.reader.leaveMessage();
			}
			else {
				this.reader.skipField();
			}
		}
		return result;
	}

	private Object open(Event event, @Nullable WatchFrameType type, byte[] bytes) {
		if (type == null && !event.type.equals(ERROR)) {
			throw new DecodingException("unknown type of watch event", null, "", 0, null);
		}
		Codec<?> codec = (type != null) ? this.codec : Status.CODEC;
		return Envelope.read(this.reader, bytes, event.from, event.to).open(codec, this.reader, bytes, event.from);
	}

	/**
	 * A {@code WatchEvent}.
	 *
	 * @param type what happened
	 * @param from index of the first byte of its object
	 * @param to index after the last one
	 */
	private record Event(String type, int from, int to) {

	}

}
