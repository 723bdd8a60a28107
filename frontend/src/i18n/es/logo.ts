/** Las palabras del logotipo de la empresa. */
export const logo = {
  title: "Logotipo",
  body: "PNG o JPEG, hasta 512 kB. Sale en las facturas, rectificativas, estados de cuenta y cartas que se hagan desde ahora, en los correos y en el portal de los clientes. Los documentos que ya existen no cambian.",
  alt: (name: string) => `Logotipo de ${name}`,
  choose: "Elegir un archivo",
  replace: "Cambiar",
  remove: "Quitar",
  changed: "Logotipo guardado.",
  removed: "Logotipo quitado.",
  removeTitle: "¿Quitar el logotipo?",
  removeBody: "Los documentos nuevos, los correos y el portal llevarán el nombre en su lugar. Los documentos que ya existen lo conservan.",
  faults: {
    type: "El logotipo es un PNG o un JPEG.",
    size: "El archivo pasa de 512 kB. Hazlo más pequeño.",
  },
};
