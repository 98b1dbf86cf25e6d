package io.github.k8sclient.informer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.value.Bytes;
import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.value.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of one field.
 *
 * @param reader reads the value at which a reader stands
 * @param absent what stands for a value that is not there
 */
record FieldReader(Function<JsonReader, @Nullable Object> reader, @Nullable Object absent) {

	private static final Map<Type, FieldReader> SCALARS = Map.ofEntries(scalar(String.class, JsonReader::readString),
			scalar(Integer.class, JsonReader::readInteger), scalar(Long.class, JsonReader::readLong),
			scalar(Double.class, JsonReader::readDouble), scalar(Boolean.class, JsonReader::readBoolean),
			scalar(Instant.class, JsonReader::readTime), scalar(Quantity.class, JsonReader::readQuantity),
			scalar(IntOrString.class, JsonReader::readIntOrString), scalar(Bytes.class, JsonReader::readBytes),
			scalar(RawJson.class, JsonReader::readRaw));

	private static final Map<Type, FieldReader> LISTS = Map.of(String.class,
			new FieldReader(JsonReader::readStrings, List.of()), Integer.class,
			new FieldReader(JsonReader::readIntegers, List.of()));

	private static final Map<Type, FieldReader> MAPS = Map.of(String.class,
			new FieldReader(JsonReader::readStringMap, Map.of()), Bytes.class,
			new FieldReader(JsonReader::readBytesMap, Map.of()), Quantity.class,
			new FieldReader(JsonReader::readQuantityMap, Map.of()));

	private static Map.Entry<Type, FieldReader> scalar(Type type, Function<JsonReader, @Nullable Object> reader) {
		return Map.entry(type, new FieldReader(reader, null));
	}

	/**
	 * Return what reads values of a type.
	 * @param type a type of the model
	 * @return the reader, {@code null} if there is none
	 */
	static @Nullable FieldReader of(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			Type[] arguments = parameterized.getActualTypeArguments();
			Type element = arguments[arguments.length - 1];
			boolean list = parameterized.getRawType() == List.class;
			FieldReader known = (list ? LISTS : MAPS).get(element);
			return (known != null) ? known
					: model(element, list ? "readJsonList" : "readJsonMap", list ? List.of() : Map.of());
		}
		FieldReader known = SCALARS.get(type);
		return (known != null) ? known : model(type, "readJson", null);
	}

	// The generated classes read themselves by static methods
	private static @Nullable FieldReader model(Type type, String name, @Nullable Object absent) {
		if (!(type instanceof Class<?> model)) {
			return null;
		}
		try {
			Method method = model.getMethod(name, JsonReader.class);
			MethodHandle handle = MethodHandles.publicLookup().unreflect(method);
			return new FieldReader((in) -> (absent == null && in.readNull()) ? null : invoke(handle, in), absent);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	private static Object invoke(MethodHandle handle, JsonReader in) {
		try {
			return handle.invoke(in);
		}
		catch (DecodingException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Read a value.
	 * @param in stands at the value
	 * @return the value
	 */
	@Nullable Object read(JsonReader in) {
		return this.reader.apply(in);
	}

}
