package io.github.k8sclient.resource;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.FieldNames;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.PartialObjectMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the metadata of objects, and reads them. An API server behind another one may
 * not understand the question and answer with whole objects, in JSON: then their metadata
 * are read, and the rest is skipped.
 */
final class MetadataCodec implements Codec<PartialObjectMetadata> {

	static final MetadataCodec INSTANCE = new MetadataCodec();

	private static final String FORM = ";g=meta.k8s.io;v=v1";

	private static final FieldNames FIELDS = FieldNames.of("metadata");

	private MetadataCodec() {
	}

	@Override
	public Class<PartialObjectMetadata> type() {
		return PartialObjectMetadata.class;
	}

	@Override
	public @Nullable String apiVersion() {
		return PartialObjectMetadata.CODEC.apiVersion();
	}

	@Override
	public @Nullable String kind() {
		return PartialObjectMetadata.CODEC.kind();
	}

	@Override
	public String representation(boolean list) {
		return (list ? "as=PartialObjectMetadataList" : "as=PartialObjectMetadata") + FORM;
	}

	@Override
	public PartialObjectMetadata readJson(JsonReader in) {
		PartialObjectMetadata.Builder builder = PartialObjectMetadata.builder();
		in.beginObject();
		for (int field = in.nextField(FIELDS); field != JsonReader.END; field = in.nextField(FIELDS)) {
			if (field == 0 && !in.readNull()) {
				builder.metadata(ObjectMeta.readJson(in));
			}
			else if (field != 0) {
				in.skipValue();
			}
		}
		return builder.build();
	}

	@Override
	public void writeJson(PartialObjectMetadata value, JsonWriter out) {
		PartialObjectMetadata.CODEC.writeJson(value, out);
	}

	@Override
	public boolean supportsProtobuf() {
		return true;
	}

	@Override
	public PartialObjectMetadata readProtobuf(ProtobufReader in) {
		return PartialObjectMetadata.CODEC.readProtobuf(in);
	}

	@Override
	public void writeProtobuf(PartialObjectMetadata value, ProtobufWriter out) {
		PartialObjectMetadata.CODEC.writeProtobuf(value, out);
	}

}
