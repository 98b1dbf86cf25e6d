package io.github.k8sclient.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ShardInfo;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the objects of a resource, alone, in lists and in watch events.
 */
final class ObjectWriter {

	private static final String METADATA_API_VERSION = "meta.k8s.io/v1";

	private static final String METADATA_KIND = "PartialObjectMetadata";

	private static final int CHUNK_SIZE = 64 * 1024;

	private final ServedResource resource;

	private final ResponseFormat format;

	private final @Nullable String includeObject;

	private final String apiVersion;

	private final String kind;

	private final byte[] typePrefix;

	/**
	 * Make a writer of an answer.
	 * @param resource the resource
	 * @param request the request, which says in what form the answer is wanted
	 * @throws StatusException 406 if it cannot be written in that form
	 */
	ObjectWriter(ServedResource resource, ApiRequest request) {
		this(resource, ResponseFormat.ofObjects(request.accept(), resource),
				request.parameters().text("includeObject"));
	}

	private ObjectWriter(ServedResource resource, ResponseFormat format, @Nullable String includeObject) {
		this.includeObject = includeObject;
		this.resource = resource;
		this.format = format;
		this.apiVersion = format.metadataOnly() ? METADATA_API_VERSION : resource.kind().apiVersion();
		this.kind = format.metadataOnly() ? METADATA_KIND : resource.kind().kind();
		this.typePrefix = "{\"kind\":\"%s\",\"apiVersion\":\"%s\",".formatted(this.kind, this.apiVersion)
			.getBytes(StandardCharsets.UTF_8);
	}

	Encoding encoding() {
		return this.format.encoding();
	}

	/**
	 * Answer with one object.
	 * @param code the HTTP status code
	 * @param object the object
	 * @return the answer
	 */
	ApiResponse response(int code, StoredObject object) {
		byte[] body = isProtobuf() ? enveloped(bytes(object)) : line(bytes(object));
		return ApiResponse.of(code, this.format.encoding().mediaType(),
				(this.format.encoding() == Encoding.YAML) ? Yaml.write(body) : body);
	}

	/**
	 * Answer with a list. A long one is sent in pieces as it is written.
	 * @param page the list
	 * @return the answer
	 */
	ApiResponse response(ResourceOperations.Page page) {
		if (isTable()) {
			return ApiResponse.of(200, Encoding.JSON.mediaType(), line(table(page)));
		}
		if (this.format.encoding() == Encoding.YAML) {
			return ApiResponse.chunked(Encoding.YAML.mediaType(),
					jsonList(page).collectList().map(ObjectWriter::join).map(Yaml::write).flux());
		}
		Flux<byte[]> pieces = isProtobuf() ? protobufList(page) : jsonList(page);
		return ApiResponse.chunked(this.format.encoding().mediaType(), inChunks(pieces));
	}

	/**
	 * Write a watch event.
	 * @param type the type
	 * @param object the object
	 * @return the frame
	 */
	byte[] event(String type, StoredObject object) {
		return frame(type, isProtobuf() ? enveloped(bytes(object)) : bytes(object));
	}

	/**
	 * Write a bookmark.
	 * @param resourceVersion the resource version
	 * @param initialEventsEnd whether it ends the initial events
	 * @return the frame
	 */
	byte[] bookmark(long resourceVersion, boolean initialEventsEnd) {
		ObjectNode object = ModelCodec.MAPPER.createObjectNode();
		object.put("kind", this.kind);
		object.put("apiVersion", this.apiVersion);
		ObjectNode metadata = object.putObject("metadata");
		metadata.put("resourceVersion", Long.toString(resourceVersion));
		if (initialEventsEnd) {
			metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
		}
		if (!isProtobuf()) {
			return frame("BOOKMARK", object.toString().getBytes(StandardCharsets.UTF_8));
		}
		byte[] message = this.format.metadataOnly() ? Documents.metadataMessage(object)
				: this.resource.encode(object, Encoding.PROTOBUF);
		return frame("BOOKMARK", enveloped(message));
	}

	byte[] error(ObjectNode status) {
		byte[] document = Documents.encode(status, this.format.encoding());
		return frame("ERROR", (!isProtobuf()) ? Arrays.copyOf(document, document.length - 1) : document);
	}

	private boolean isProtobuf() {
		return this.format.encoding() == Encoding.PROTOBUF;
	}

	private boolean isTable() {
		return this.format.view() == ResponseFormat.View.TABLE;
	}

	private byte[] frame(String type, byte[] object) {
		if (this.format.encoding() == Encoding.PROTOBUF) {
			return ProtobufFrames.watchFrame(type, object);
		}
		byte[] head = "{\"type\":\"%s\",\"object\":".formatted(type).getBytes(StandardCharsets.US_ASCII);
		byte[] frame = Arrays.copyOf(head, head.length + object.length + 2);
		System.arraycopy(object, 0, frame, head.length, object.length);
		frame[frame.length - 2] = '}';
		frame[frame.length - 1] = '\n';
		return frame;
	}

	private byte[] bytes(StoredObject object) {
		if (isTable()) {
			ObjectNode table = this.resource.tableView().table(Long.toString(object.resourceVersion()));
			this.resource.tableView().add(table, this.resource.fromStorage(object.tree()), this.includeObject);
			return table.toString().getBytes(StandardCharsets.UTF_8);
		}
		if (!this.format.metadataOnly()) {
			return object.encoded(this.resource, isProtobuf() ? Encoding.PROTOBUF : Encoding.JSON);
		}
		ObjectNode metadata = ModelCodec.MAPPER.createObjectNode();
		metadata.put("kind", this.kind);
		metadata.put("apiVersion", this.apiVersion);
		metadata.set("metadata", object.metadata());
		return (!isProtobuf()) ? metadata.toString().getBytes(StandardCharsets.UTF_8)
				: Documents.metadataMessage(metadata);
	}

	private byte[] enveloped(byte[] message) {
		return ProtobufFrames.envelope(this.apiVersion, this.kind, message);
	}

	private String listKind() {
		return this.format.metadataOnly() ? METADATA_KIND + "List" : this.resource.listKind();
	}

	private byte[] table(ResourceOperations.Page page) {
		TableView view = this.resource.tableView();
		ObjectNode table = view.table(Long.toString(page.revision()));
		if (page.continueToken() != null) {
			Trees.object(table, "metadata").put("continue", page.continueToken());
		}
		page.items().forEach((object) -> view.add(table, this.resource.fromStorage(object.tree()), this.includeObject));
		return table.toString().getBytes(StandardCharsets.UTF_8);
	}

	private Flux<byte[]> jsonList(ResourceOperations.Page page) {
		ObjectNode list = ModelCodec.MAPPER.createObjectNode();
		list.put("kind", listKind());
		list.put("apiVersion", this.apiVersion);
		ObjectNode metadata = list.putObject("metadata");
		metadata.put("resourceVersion", Long.toString(page.revision()));
		if (page.continueToken() != null) {
			metadata.put("continue", page.continueToken());
		}
		if (page.remaining() != null) {
			metadata.put("remainingItemCount", page.remaining());
		}
		if (page.shard() != null) {
			metadata.putObject("shardInfo").put("selector", page.shard().toString());
		}
		String head = list.toString();
		Flux<byte[]> items = Flux.range(0, page.items().size())
			.map((index) -> separated(index, withoutType(bytes(page.items().get(index)))));
		return Flux.concat(
				Flux.just((head.substring(0, head.length() - 1) + ",\"items\":[").getBytes(StandardCharsets.UTF_8)),
				items, Flux.just("]}\n".getBytes(StandardCharsets.US_ASCII)));
	}

	private static byte[] separated(int index, byte[] item) {
		if (index == 0) {
			return item;
		}
		byte[] separated = new byte[item.length + 1];
		separated[0] = ',';
		System.arraycopy(item, 0, separated, 1, item.length);
		return separated;
	}

	// Go leaves kind and API version out of the items of typed lists
	private byte[] withoutType(byte[] item) {
		int prefix = this.typePrefix.length;
		if (this.format.metadataOnly() || item.length < prefix
				|| !Arrays.equals(item, 0, prefix, this.typePrefix, 0, prefix)) {
			return item;
		}
		byte[] stripped = Arrays.copyOfRange(item, prefix - 1, item.length);
		stripped[0] = '{';
		return stripped;
	}

	private Flux<byte[]> protobufList(ResourceOperations.Page page) {
		List<byte[]> items = new ArrayList<>(page.items().size());
		for (StoredObject object : page.items()) {
			ByteArrayOutputStream item = new ByteArrayOutputStream();
			ProtobufFrames.field(item, 2, bytes(object));
			items.add(item.toByteArray());
		}
		ByteArrayOutputStream metadata = new ByteArrayOutputStream();
		ProtobufFrames.field(metadata, 1, listMetadata(page));
		long length = metadata.size() + items.stream().mapToLong((item) -> item.length).sum();
		byte[] head = ProtobufFrames.envelopeHead(this.apiVersion, listKind(), length);
		return Flux.concat(Flux.just(head, metadata.toByteArray()), Flux.fromIterable(items),
				Flux.just(ProtobufFrames.envelopeTail()));
	}

	private static byte[] listMetadata(ResourceOperations.Page page) {
		ListMeta metadata = ListMeta.builder()
			.resourceVersion(Long.toString(page.revision()))
			.continue_(page.continueToken())
			.remainingItemCount(page.remaining())
			.shardInfo((page.shard() != null) ? ShardInfo.builder().selector(page.shard().toString()).build() : null)
			.build();
		ProtobufWriter out = new ProtobufWriter();
		metadata.writeProtobuf(out);
		return out.toByteArray();
	}

	private static byte[] line(byte[] json) {
		byte[] line = Arrays.copyOf(json, json.length + 1);
		line[json.length] = '\n';
		return line;
	}

	private static Flux<byte[]> inChunks(Flux<byte[]> pieces) {
		return Flux.defer(() -> {
			AtomicInteger size = new AtomicInteger();
			return pieces.bufferUntil((piece) -> isFull(size, piece.length)).map(ObjectWriter::join);
		});
	}

	private static boolean isFull(AtomicInteger size, int added) {
		boolean full = size.addAndGet(added) >= CHUNK_SIZE;
		if (full) {
			size.set(0);
		}
		return full;
	}

	private static byte[] join(List<byte[]> pieces) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		pieces.forEach(joined::writeBytes);
		return joined.toByteArray();
	}

}
