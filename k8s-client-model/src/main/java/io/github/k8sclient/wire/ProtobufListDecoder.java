package io.github.k8sclient.wire;

import java.util.function.Consumer;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.meta.ListMeta;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list in a protobuf envelope. It walks through the fields of the envelope and of
 * the list in it; what has a length and is of interest is a piece that it gives to a
 * reader.
 */
final class ProtobufListDecoder<T> extends ListDecoder<T> {

	private static final int METADATA = 1;

	private static final int ITEMS = 2;

	private final Codec<T> codec;

	private final DecodingOptions options;

	private final ProtobufReader reader;

	private final PieceBuffer buffer;

	private State state = State.MAGIC;

	/**
	 * Bytes before the current chunk.
	 */
	private long consumed;

	/**
	 * Offset after the last byte of the list, or -1 while the envelope is read.
	 */
	private long listEnd = -1;

	private boolean listSeen;

	private int magicSeen;

	private long varint;

	private int varintSize;

	private long tag;

	/**
	 * Bytes of the current field that have not been read.
	 */
	private long rest;

	private long pieceOffset;

	private int itemCount;

	private TypeMeta type = TypeMeta.NONE;

	private @Nullable ListMeta metadata;

	ProtobufListDecoder(Codec<T> codec, DecodingOptions options) {
		this.codec = codec;
		this.options = options;
		this.reader = new ProtobufReader(options);
		this.buffer = new PieceBuffer(options.maxObjectSize());
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, Consumer<? super T> items) {
		int end = offset + length;
		int index = offset;
		while (index < end) {
			long position = this.consumed + index - offset;
			index = switch (this.state) {
				case MAGIC -> readMagic(bytes[index], index, position);
				case TAG, LENGTH, VARINT -> readVarint(bytes[index], index, position);
				case PIECE -> readPiece(bytes, index, end, items);
				case SKIP -> skip(index, end);
			};
			// pieces without bytes, and the end of the list, need no further byte
			position = this.consumed + index - offset;
			if (this.state == State.PIECE && this.rest == 0) {
				readPiece(bytes, index, index, items);
			}
			leaveList(position);
		}
		this.consumed += length;
	}

	private int readMagic(byte next, int index, long position) {
		if (next != Envelope.MAGIC[this.magicSeen]) {
			throw failure("no Kubernetes protobuf envelope", position);
		}
		if (++this.magicSeen == Envelope.MAGIC.length) {
			this.state = State.TAG;
		}
		return index + 1;
	}

	private int readVarint(byte next, int index, long position) {
		if (this.varintSize == 9 && (next & 0xff) > 1) {
			throw failure("varint of more than 64 bits", position);
		}
		this.varint |= (long) (next & 0x7f) << 7 * this.varintSize++;
		if (next >= 0) {
			long value = this.varint;
			this.varint = 0;
			this.varintSize = 0;
			finishVarint(value, position);
		}
		return index + 1;
	}

	private void finishVarint(long value, long position) {
		switch (this.state) {
			case TAG -> beginField(value, position);
			case LENGTH -> beginContent(value, position + 1);
			default -> this.state = State.TAG;
		}
	}

	private void beginField(long tag, long position) {
		this.tag = tag;
		if (tag >>> 3 == 0 || tag >>> 32 != 0) {
			throw failure("invalid field number", position);
		}
		switch ((int) tag & 7) {
			case 0 -> this.state = State.VARINT;
			case 1 -> skipNext(8, position);
			case 2 -> this.state = State.LENGTH;
			case 5 -> skipNext(4, position);
			default -> throw failure("invalid wire type " + (tag & 7), position);
		}
	}

	private void skipNext(long count, long position) {
		if (this.listEnd >= 0 && count > this.listEnd - position - 1) {
			throw failure("unexpected end", position);
		}
		this.rest = count;
		this.state = State.SKIP;
	}

	private void beginContent(long length, long position) {
		long available = (this.listEnd >= 0) ? this.listEnd - position : Long.MAX_VALUE - position;
		if (length < 0 || length > available) {
			throw failure("unexpected end", position);
		}
		this.rest = length;
		int number = (int) (this.tag >>> 3);
		if (this.listEnd < 0 && number == Envelope.RAW) {
			this.listEnd = position + length;
			this.listSeen = true;
			this.state = State.TAG;
		}
		else if (number == Envelope.TYPE_META || (this.listEnd >= 0 && number == ITEMS)) {
			checkPieceSize(length, position);
			this.pieceOffset = position;
			this.state = State.PIECE;
		}
		else {
			this.state = (length == 0) ? State.TAG : State.SKIP;
		}
	}

	private void checkPieceSize(long length, long position) {
		if (length > this.options.maxObjectSize()) {
			throw failure("object of more than " + this.options.maxObjectSize() + " bytes", position);
		}
	}

	private void leaveList(long position) {
		if (this.listEnd >= 0 && position >= this.listEnd && this.state != State.MAGIC) {
			if (this.state != State.TAG || this.varintSize > 0) {
				throw failure("unexpected end", position);
			}
			this.listEnd = -1;
		}
	}

	private int skip(int index, int end) {
		int count = (int) Math.min(this.rest, end - index);
		this.rest -= count;
		if (this.rest == 0) {
			this.state = State.TAG;
		}
		return index + count;
	}

	private int readPiece(byte[] bytes, int from, int end, Consumer<? super T> items) {
		int count = (int) Math.min(this.rest, end - from);
		this.rest -= count;
		try {
			if (this.rest > 0) {
				this.buffer.append(bytes, from, from + count);
			}
			else if (this.buffer.size() == 0) {
				finishPiece(bytes, from, count, items);
			}
			else {
				this.buffer.append(bytes, from, from + count);
				finishPiece(this.buffer.bytes(), 0, this.buffer.size(), items);
				this.buffer.clear();
			}
			return from + count;
		}
		catch (DecodingException ex) {
			throw ex.within(typeName(), path(), this.pieceOffset);
		}
	}

	private void finishPiece(byte[] bytes, int from, int length, Consumer<? super T> items) {
		this.reader.reset(bytes, from, length);
		if (this.listEnd < 0) {
			this.type = Envelope.readTypeMeta(this.reader);
		}
		else if (this.tag >>> 3 == METADATA) {
			this.metadata = ListMeta.readProtobuf(this.reader);
		}
		else {
			T item = readItem();
			this.itemCount++;
			this.state = State.TAG;
			if (item != null) {
				items.accept(item);
			}
			return;
		}
		this.state = State.TAG;
	}

	private @Nullable T readItem() {
		try {
			return this.codec.readProtobuf(this.reader);
		}
		catch (DecodingException ex) {
			leaveOut(this.options, ex, typeName(), path(), this.pieceOffset);
			return null;
		}
	}

	private String path() {
		return (this.listEnd >= 0 && this.tag >>> 3 == ITEMS) ? "2[" + this.itemCount + "]"
				: String.valueOf(this.tag >>> 3);
	}

	private String typeName() {
		return this.codec.type().getSimpleName() + "List";
	}

	private DecodingException failure(String reason, long offset) {
		return new DecodingException(reason, typeName(), (this.tag != 0) ? path() : "", offset, null);
	}

	@Override
	public ListHeader end() {
		if (this.state != State.TAG || this.varintSize > 0 || this.listEnd >= 0 || !this.listSeen) {
			throw failure("unexpected end", this.consumed);
		}
		ListMeta metadata = (this.metadata != null) ? this.metadata : ListMeta.builder().build();
		return new ListHeader(this.type, metadata);
	}

	/**
	 * What comes next.
	 */
	private enum State {

		MAGIC, TAG, LENGTH, VARINT, PIECE, SKIP

	}

}
