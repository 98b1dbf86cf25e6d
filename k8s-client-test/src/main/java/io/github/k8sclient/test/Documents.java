package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.k8sclient.api.authentication.v1.TokenRequest;
import io.github.k8sclient.api.autoscaling.v1.Scale;
import io.github.k8sclient.api.core.v1.Binding;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.api.policy.v1.Eviction;
import io.github.k8sclient.meta.APIGroup;
import io.github.k8sclient.meta.APIGroupList;
import io.github.k8sclient.meta.APIResourceList;
import io.github.k8sclient.meta.APIVersions;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.Status;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes documents that are no stored objects: statuses, discovery, scales,
 * metadata, and what is sent to subresources.
 */
final class Documents {

	static final ModelCodec<DeleteOptions> DELETE_OPTIONS = new ModelCodec<>(DeleteOptions.CODEC);

	static final ModelCodec<Scale> SCALE = new ModelCodec<>(Scale.CODEC);

	static final ModelCodec<Binding> BINDING = new ModelCodec<>(Binding.CODEC);

	static final ModelCodec<Eviction> EVICTION = new ModelCodec<>(Eviction.CODEC);

	static final ModelCodec<TokenRequest> TOKEN_REQUEST = new ModelCodec<>(TokenRequest.CODEC);

	static final ModelCodec<Namespace> NAMESPACE = new ModelCodec<>(Namespace.CODEC);

	private static final ModelCodec<PartialObjectMetadata> METADATA = new ModelCodec<>(PartialObjectMetadata.CODEC);

	private static final Map<String, ModelCodec<?>> CODECS = Map.of("Status", new ModelCodec<>(Status.CODEC),
			"APIVersions", new ModelCodec<>(APIVersions.CODEC), "APIGroup", new ModelCodec<>(APIGroup.CODEC),
			"APIGroupList", new ModelCodec<>(APIGroupList.CODEC), "APIResourceList",
			new ModelCodec<>(APIResourceList.CODEC), "Scale", SCALE, "TokenRequest", TOKEN_REQUEST);

	private Documents() {
	}

	/**
	 * Write a document.
	 * @param document the document with its kind
	 * @param encoding the format
	 * @return JSON text with a line break, YAML, or protobuf with prefix and envelope
	 */
	static byte[] encode(ObjectNode document, Encoding encoding) {
		if (encoding != Encoding.PROTOBUF) {
			byte[] json = (document + "\n").getBytes(StandardCharsets.UTF_8);
			return (encoding == Encoding.YAML) ? Yaml.write(json) : json;
		}
		String kind = document.path("kind").asString("");
		ModelCodec<?> codec = CODECS.get(kind);
		if (codec == null) {
			throw new IllegalArgumentException("No codec for documents of kind " + kind);
		}
		return ProtobufFrames.envelope(document.path("apiVersion").asString("v1"), kind, codec.writeProtobuf(document));
	}

	/**
	 * Write the metadata of an object as a message.
	 * @param metadata a {@code PartialObjectMetadata}
	 * @return the message
	 */
	static byte[] metadataMessage(ObjectNode metadata) {
		return METADATA.writeProtobuf(metadata);
	}

	static ApiResponse response(int code, ObjectNode document, Encoding encoding) {
		return ApiResponse.of(code, encoding.mediaType(), encode(document, encoding));
	}

}
