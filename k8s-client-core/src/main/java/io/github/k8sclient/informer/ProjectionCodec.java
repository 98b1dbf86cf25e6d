package io.github.k8sclient.informer;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Reads the fields that a record names, and steps over all others. It writes nothing.
 *
 * @param <T> the type of the record
 */
final class ProjectionCodec<T> implements Codec<T> {

	private final Class<T> type;

	private final ResourceDescriptor<?> source;

	private final ProjectedFields fields;

	private final @Nullable Object[] absent;

	private final Constructor<T> constructor;

	/**
	 * Create a codec.
	 * @param type the record
	 * @param source the resource that it is a view of
	 * @throws IllegalArgumentException if the class is no record, or one of its
	 * components does not fit
	 */
	ProjectionCodec(Class<T> type, ResourceDescriptor<?> source) {
		Assert.isTrue(type.isRecord(), () -> type.getName() + " is not a record");
		this.type = type;
		this.source = source;
		RecordComponent[] components = type.getRecordComponents();
		this.fields = new ProjectedFields();
		this.absent = new Object[components.length];
		for (int index = 0; index < components.length; index++) {
			Type generic = components[index].getGenericType();
			FieldReader reader = FieldReader.of(generic);
			Assert.isTrue(reader != null, "There is no way to read " + generic);
			this.fields.add(checked(components[index]), index, reader);
			this.absent[index] = reader.absent();
		}
		this.constructor = constructor(type, components);
	}

	private String[] checked(RecordComponent component) {
		Projection.Field field = component.getAnnotation(Projection.Field.class);
		String path = (field != null) ? field.value() : component.getName();
		String[] names = path.split("\\.");
		Type found = this.source.type();
		for (String name : names) {
			found = typeOf(found, name, path);
		}
		Type actual = found;
		Assert.isTrue(actual.equals(component.getGenericType()), () -> "Component '" + component.getName() + "' of "
				+ this.type.getName() + " must be of type " + actual.getTypeName() + ", as " + path + " is");
		return names;
	}

	private Type typeOf(Type parent, String name, String path) {
		try {
			if (parent instanceof Class<?> model) {
				Method accessor = model.getMethod(name);
				return accessor.getGenericReturnType();
			}
		}
		catch (NoSuchMethodException ex) {
			// said below
		}
		throw new IllegalArgumentException("'" + path + "' is no field of " + this.source.kind().kind() + ": "
				+ parent.getTypeName() + " has no '" + name + "'");
	}

	private static <T> Constructor<T> constructor(Class<T> type, RecordComponent[] components) {
		Class<?>[] parameters = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		try {
			Constructor<T> constructor = type.getDeclaredConstructor(parameters);
			constructor.setAccessible(true);
			return constructor;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Class<T> type() {
		return this.type;
	}

	@Override
	public String apiVersion() {
		return this.source.kind().groupVersion().toString();
	}

	@Override
	public String kind() {
		return this.source.kind().kind();
	}

	@Override
	public T readJson(JsonReader in) {
		@Nullable Object[] values = this.absent.clone();
		this.fields.read(in, values);
		try {
			return this.constructor.newInstance(values);
		}
		catch (InvocationTargetException ex) {
			throw in.failure(this.type.getSimpleName() + " refuses the values: " + ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public boolean supportsProtobuf() {
		return false;
	}

	@Override
	public void writeJson(T value, JsonWriter out) {
		throw new UnsupportedOperationException("A projection cannot be written");
	}

	@Override
	public T readProtobuf(ProtobufReader in) {
		throw new UnsupportedOperationException("A projection is read from JSON");
	}

	@Override
	public void writeProtobuf(T value, ProtobufWriter out) {
		throw new UnsupportedOperationException("A projection cannot be written");
	}

}
