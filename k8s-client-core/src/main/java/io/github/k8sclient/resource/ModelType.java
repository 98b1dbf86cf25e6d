package io.github.k8sclient.resource;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.value.Bytes;
import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.value.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * A type of the model, with the methods that read and write it.
 *
 * @param type the class
 * @param reader reads a value, {@code null} for JSON null
 * @param writer writes a value
 * @param absent what stands for an absent value, {@code null} if nothing does
 * @param <T> the type
 */
record ModelType<T>(Class<T> type, Function<JsonReader, @Nullable T> reader, BiConsumer<T, JsonWriter> writer,
		@Nullable T absent) {

	private static final String BASE = "io.github.k8sclient.";

	private static final Map<Class<?>, ModelType<?>> VALUES = Map.of(Quantity.class,
			new ModelType<>(Quantity.class, JsonReader::readQuantity, (value, out) -> out.writeQuantity(value), null),
			IntOrString.class,
			new ModelType<>(IntOrString.class, JsonReader::readIntOrString, (value, out) -> out.writeIntOrString(value),
					null),
			Bytes.class,
			new ModelType<>(Bytes.class, JsonReader::readBytes, (value, out) -> out.writeBytes(value), null),
			RawJson.class,
			new ModelType<>(RawJson.class, JsonReader::readRaw, (value, out) -> out.writeRaw(value), null),
			Duration.class,
			new ModelType<>(Duration.class, JsonReader::readDuration, (value, out) -> out.writeDuration(value), null),
			ObjectMeta.class,
			new ModelType<>(ObjectMeta.class, ObjectMeta::readJson, ObjectMeta::writeJson, ObjectMeta.EMPTY),
			ListMeta.class,
			new ModelType<>(ListMeta.class, ListMeta::readJson, ListMeta::writeJson, ListMeta.builder().build()));

	private static final ClassValue<Optional<ModelType<?>>> TYPES = new ClassValue<>() {

		@Override
		protected Optional<ModelType<?>> computeValue(Class<?> type) {
			ModelType<?> value = VALUES.get(type);
			return Optional.ofNullable((value != null) ? value : generated(type));
		}

	};

	/**
	 * Find a type of the model.
	 * @return the type, {@code null} if the class is none
	 */
	static @Nullable ModelType<?> find(Class<?> type) {
		return TYPES.get(type).orElse(null);
	}

	private static @Nullable ModelType<?> generated(Class<?> type) {
		if (!type.getName().startsWith(BASE)) {
			return null;
		}
		try {
			MethodHandles.Lookup lookup = MethodHandles.publicLookup();
			return generated(type, lookup.findStatic(type, "readJson", MethodType.methodType(type, JsonReader.class)),
					lookup.findVirtual(type, "writeJson", MethodType.methodType(void.class, JsonWriter.class)));
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			return null;
		}
	}

	/**
	 * Return the type that a codec reads and writes.
	 */
	static <T> ModelType<T> of(Codec<T> codec) {
		return new ModelType<>(codec.type(), codec::readJson, codec::writeJson, null);
	}

	private static <T> ModelType<T> generated(Class<T> type, MethodHandle reader, MethodHandle writer) {
		return new ModelType<>(type, (in) -> type.cast(invoke(reader, in)), (value, out) -> invoke(writer, value, out),
				null);
	}

	private static @Nullable Object invoke(MethodHandle method, Object... arguments) {
		try {
			return method.invokeWithArguments(arguments);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
