package io.github.k8sclient.wire;

import java.util.function.Consumer;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonBoundary;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.meta.ListMeta;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list in JSON. It knows the structure of the list itself; names, values and
 * items are pieces that it finds the end of and gives to a reader.
 */
final class JsonListDecoder<T> extends ListDecoder<T> {

	private final Codec<T> codec;

	private final DecodingOptions options;

	private final JsonReader reader;

	private final JsonBoundary boundary = new JsonBoundary();

	private final PieceBuffer buffer;

	private State state = State.START;

	/**
	 * What the piece is that is being read, null between pieces.
	 */
	private @Nullable Piece piece;

	/**
	 * Bytes before the current chunk.
	 */
	private long consumed;

	private long pieceOffset;

	private int itemCount;

	private String name = "";

	private String apiVersion = "";

	private String kind = "";

	private @Nullable ListMeta metadata;

	JsonListDecoder(Codec<T> codec, DecodingOptions options) {
		this.codec = codec;
		this.options = options;
		this.reader = new JsonReader(options);
		this.buffer = new PieceBuffer(options.maxObjectSize());
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, Consumer<? super T> items) {
		int end = offset + length;
		int index = offset;
		while (index < end) {
			if (this.piece == null) {
				index = readStructure(bytes, index, this.consumed + index - offset);
			}
			if (this.piece != null && index < end) {
				index = readPiece(this.piece, bytes, index, end, items);
			}
		}
		this.consumed += length;
	}

	/**
	 * Reads one byte of the list's own structure.
	 * @return index of the next byte, which is the same if a piece begins with it
	 */
	private int readStructure(byte[] bytes, int index, long offset) {
		byte next = bytes[index];
		if (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
			return index + 1;
		}
		switch (this.state) {
			case START -> expect(next == '{', State.FIRST_NAME, offset);
			case FIRST_NAME, NEXT_NAME -> {
				if (next == '"') {
					begin(Piece.NAME, offset);
					return index;
				}
				expect(next == '}' && this.state == State.FIRST_NAME, State.END, offset);
			}
			case COLON -> expect(next == ':', State.VALUE, offset);
			case VALUE -> {
				if (next != '[' || !this.name.equals("items")) {
					begin(Piece.VALUE, offset);
					return index;
				}
				this.state = State.FIRST_ITEM;
			}
			case AFTER_VALUE -> expect(next == ',' || next == '}', (next == ',') ? State.NEXT_NAME : State.END, offset);
			case FIRST_ITEM, NEXT_ITEM -> {
				if (next != ']' || this.state != State.FIRST_ITEM) {
					begin(Piece.ITEM, offset);
					return index;
				}
				this.state = State.AFTER_VALUE;
			}
			case AFTER_ITEM ->
				expect(next == ',' || next == ']', (next == ',') ? State.NEXT_ITEM : State.AFTER_VALUE, offset);
			case END -> expect(false, State.END, offset);
		}
		return index + 1;
	}

	private void expect(boolean condition, State next, long offset) {
		if (!condition) {
			throw failure("expected " + this.state.expectation, offset);
		}
		this.state = next;
	}

	private DecodingException failure(String reason, long offset) {
		boolean inItems = this.state == State.NEXT_ITEM || this.state == State.AFTER_ITEM;
		return new DecodingException(reason, typeName(), inItems ? "items[" + this.itemCount + "]" : "", offset, null);
	}

	private String typeName() {
		return this.codec.type().getSimpleName() + "List";
	}

	private void begin(Piece piece, long offset) {
		this.piece = piece;
		this.pieceOffset = offset;
	}

	private int readPiece(Piece piece, byte[] bytes, int from, int end, Consumer<? super T> items) {
		try {
			int to = this.boundary.scan(bytes, from, end);
			if (to < 0) {
				this.buffer.append(bytes, from, end);
				return end;
			}
			if (this.buffer.size() == 0) {
				finish(piece, bytes, from, to - from, items);
			}
			else {
				this.buffer.append(bytes, from, to);
				finish(piece, this.buffer.bytes(), 0, this.buffer.size(), items);
				this.buffer.clear();
			}
			return to;
		}
		catch (DecodingException ex) {
			throw ex.within(typeName(), piece.path(this.name, this.itemCount), this.pieceOffset);
		}
	}

	private void finish(Piece piece, byte[] bytes, int from, int length, Consumer<? super T> items) {
		this.reader.reset(bytes, from, length);
		this.piece = null;
		switch (piece) {
			case NAME -> {
				this.name = text();
				this.state = State.COLON;
			}
			case VALUE -> {
				readValue();
				this.state = State.AFTER_VALUE;
			}
			case ITEM -> {
				T item = readItem();
				this.itemCount++;
				this.state = State.AFTER_ITEM;
				if (item != null) {
					items.accept(item);
				}
				return;
			}
		}
		this.reader.expectEnd();
	}

	private @Nullable T readItem() {
		try {
			T item = this.codec.readJson(this.reader);
			this.reader.expectEnd();
			return item;
		}
		catch (DecodingException ex) {
			leaveOut(this.options, ex, typeName(), Piece.ITEM.path(this.name, this.itemCount), this.pieceOffset);
			return null;
		}
	}

	private void readValue() {
		switch (this.name) {
			case "apiVersion" -> this.apiVersion = text();
			case "kind" -> this.kind = text();
			case "metadata" -> this.metadata = this.reader.readNull() ? null : ListMeta.readJson(this.reader);
			case "items" -> {
				if (!this.reader.readNull()) {
					throw this.reader.failure("expected an array");
				}
			}
			default -> this.reader.skipValue();
		}
	}

	private String text() {
		String text = this.reader.readString();
		return (text != null) ? text : "";
	}

	@Override
	public ListHeader end() {
		if (this.state != State.END) {
			throw failure("unexpected end", this.consumed);
		}
		ListMeta metadata = (this.metadata != null) ? this.metadata : ListMeta.builder().build();
		return new ListHeader(new TypeMeta(this.apiVersion, this.kind), metadata);
	}

	/**
	 * What comes next.
	 */
	private enum State {

		START("an object"), FIRST_NAME("a member name or '}'"), NEXT_NAME("a member name"), COLON("':'"),
		VALUE("a value"), AFTER_VALUE("',' or '}'"), FIRST_ITEM("an object"), NEXT_ITEM("an object"),
		AFTER_ITEM("',' or ']'"), END("the end");

		private final String expectation;

		State(String expectation) {
			this.expectation = expectation;
		}

	}

	/**
	 * A part that is read as a whole.
	 */
	private enum Piece {

		NAME, VALUE, ITEM;

		String path(String name, int itemCount) {
			return switch (this) {
				case NAME -> "";
				case VALUE -> name;
				case ITEM -> "items[" + itemCount + "]";
			};
		}

	}

}
